import { createWebHistory } from 'vue-router'
import { start } from '../vue.js'

start(createWebHistory())
