// A group of flags: yes and not sure exclude each other; taking "not sure" back takes the line back.
const group = document.querySelector(".flags");

group.addEventListener("change", ({ target }) => {
  if (!target.checked) return;
  const twin = target.name === "yes" ? "unsure" : "yes";
  target.closest(".flag").querySelector(`input[name=${twin}]`).checked = false;
});
