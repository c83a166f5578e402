// Where it hurts: a tap on the body opens the group of places beside it; a lone place is ticked at once.
const form = document.querySelector("form.where");

function open(key) {
  for (const other of form.querySelectorAll(".place.open")) other.classList.remove("open");
  const group = document.getElementById(`at-${key}`);
  group.classList.add("open");
  const boxes = group.querySelectorAll("input");
  if (boxes.length === 1) boxes[0].checked = !boxes[0].checked;
  else group.querySelector("input").focus({ preventScroll: true });
  group.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

for (const region of form.querySelectorAll(".region")) {
  region.addEventListener("click", (event) => { event.preventDefault(); open(region.dataset.at); });
}
