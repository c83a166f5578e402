// Fills in the code that a scanned picture brings along, and takes it out of the address at once: what stands behind
// the # is never sent to any server, and now it stays in no history either.

const field = document.getElementById("code");
const brought = /^#(\d{8})$/.exec(location.hash);
if (brought) {
  history.replaceState(null, "", location.pathname);
  field.value = `${brought[1].slice(0, 4)} ${brought[1].slice(4)}`;
  document.querySelector(".dock .button").focus();
}
