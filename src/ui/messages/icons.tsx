import { icon } from '../view/icons'

export const DownIcon = icon('M12 5v14m-6.5-6.5L12 19l6.5-6.5')
export const FileIcon = icon('M13.5 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8.5zM13 3v6h6')
