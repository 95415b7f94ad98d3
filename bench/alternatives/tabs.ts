for (const name of ["A", "B"]) {
  const frame = document.createElement("iframe");
  frame.name = name;
  frame.src = `/tab.html${location.search}&name=${name}`;
  document.body.append(frame);
}

export {};
