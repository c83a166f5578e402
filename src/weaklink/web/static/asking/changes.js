// What changed: "nothing" clears the others, and the others clear it.
const group = document.querySelector(".changes");

group?.addEventListener("change", ({ target }) => {
  if (!target.checked) return;
  for (const box of group.querySelectorAll("input")) {
    if (box !== target && (box.name === "none" || target.name === "none")) box.checked = false;
  }
});
