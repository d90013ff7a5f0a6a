module.exports = function sharp() {
  throw new Error("images are not supported here");
};
