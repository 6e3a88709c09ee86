import { expect, test } from 'playwright/test'
import { fileName } from './fileName'

const at = (path: string) => `https://chat.example.com/file-upload/f1/${path}`

test('a file is shown as the kind it is, whatever its name says', () => {
  for (const [name, path, shown] of [
    ['invoice.pdf', 'invoice.pdf', 'invoice.pdf'],
    ['Photo.JPG', 'photo.jpg?token=1', 'Photo.JPG'],
    ['photo.png', 'setup.exe', 'photo.png (.exe)'],
    ['invoice\u202efdp.exe', 'invoice.exe', 'invoicefdp.exe'],
    ['invoice\u202egpj.pdf', 'invoice.exe', 'invoicegpj.pdf (.exe)'],
    ['report', 'report.docx', 'report (.docx)'],
    ['a\u0000.pdf\u200b', 'a.pdf', 'a.pdf'],
    ['notes.txt', 'f1', 'notes.txt'],
    ['', 'a.pdf', ''],
    ['x.pdf', '%', 'x.pdf'],
  ] as const)
    expect(fileName(name, at(path)), name).toBe(shown)
})
