// Picks a place on a map, and lets what is typed choose its own field; the pages work without it.
"use strict";
for (const field of document.querySelectorAll("[data-chooses]")) {
  const choose = () => { if (field.value) field.form.querySelector(`input[name="${field.dataset.chooses}"][value="typed"]`).checked = true; };
  field.addEventListener("input", choose);
}
const placeAt = (map, x, y) => {
  const scale = 256 * 2 ** Number(map.dataset.zoom);
  const [worldX, worldY] = [(Number(map.dataset.left) + x) / scale, (Number(map.dataset.top) + y) / scale];
  const longitude = ((worldX * 360) % 360 + 360) % 360 - 180;
  return [Math.atan(Math.sinh(Math.PI * (1 - 2 * worldY))) * 180 / Math.PI, longitude];
};
for (const map of document.querySelectorAll("svg[data-pick]")) {
  const field = map.closest("form").querySelector('input[name="position"]');
  const mark = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  mark.setAttribute("class", "picked");
  const words = map.parentElement.querySelector("[data-pick-words]");
  words.hidden = false;
  const whole = map.viewBox.baseVal;
  const { width, height } = whole;
  let closer = 1;
  let middle = [width / 2, height / 2];
  const show = () => {
    whole.width = width / closer;
    whole.height = height / closer;
    whole.x = middle[0] - whole.width / 2;
    whole.y = middle[1] - whole.height / 2;
    mark.setAttribute("r", 7 / closer);
  };
  const button = (sign, name, factor) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = sign;
    made.setAttribute("aria-label", name);
    made.addEventListener("click", () => { closer = Math.min(256, Math.max(1, closer * factor)); if (closer === 1) middle = [width / 2, height / 2]; show(); });
    return made;
  };
  const buttons = document.createElement("div");
  buttons.className = "row map-buttons";
  buttons.append(button("+", "Closer", 2), button("−", "Further away", 0.5));
  map.before(buttons);
  map.addEventListener("click", (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
    const [latitude, longitude] = placeAt(map, point.x, point.y);
    middle = [point.x, point.y];
    mark.setAttribute("cx", point.x);
    mark.setAttribute("cy", point.y);
    map.append(mark);
    show();
    field.value = `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`;
    field.dispatchEvent(new Event("input"));
  });
}
