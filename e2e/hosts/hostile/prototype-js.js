/** Objects, arrays and texts write themselves, as old Prototype.js had it; and every object has one name more to be found by for…in. */
String.prototype.toJSON = function () {
  return `"${this}"`
}
Array.prototype.toJSON = function () {
  return `[${this.join(', ')}]`
}
Object.prototype.toJSON = function () {
  return '{…}'
}
Object.prototype.extend = function () {
  return this
}
