// A drawing of ours as SVG: parsed as XML, in which every text from the workbook was escaped.
export default function (component) {
  const { data, parentElement } = component;
  const frame = parentElement.querySelector(".tekening");
  frame.setAttribute("aria-label", data.label);
  const drawing = new DOMParser().parseFromString(data.svg, "image/svg+xml").documentElement;
  frame.replaceChildren(document.importNode(drawing, true));
}
