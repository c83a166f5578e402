// A group of flags: "none of these" clears the others, and the others clear it; yes and not sure exclude each other.
const group = document.querySelector(".flags");
const none = group.querySelector("input[name=none]");

group.addEventListener("change", ({ target }) => {
  if (!target.checked) return;
  if (target === none) {
    for (const box of group.querySelectorAll("input")) if (box !== none) box.checked = false;
    return;
  }
  none.checked = false;
  const twin = target.name === "yes" ? "unsure" : "yes";
  const other = target.closest(".flag").querySelector(`input[name=${twin}]`);
  if (other) other.checked = false;
});
