/** The script of the official widget's snippet, under its name: that widget's calls first, then our own script, which finds what they have said. */
import './dialect'
import './tagalong'
