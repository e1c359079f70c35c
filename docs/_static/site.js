// A button on each block of code that copies it, without the prompts of a console.
for (const block of document.querySelectorAll("div.highlight")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    const lines = block.querySelector("pre").innerText.split("\n");
    const commands = lines.filter((line) => line.startsWith("$ ")).map((line) => line.slice(2));
    await navigator.clipboard.writeText((commands.length ? commands : lines).join("\n").trim());
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), 1500);
  });
  block.prepend(button);
}

// The theme leaves these without a name, or with one that differs from what is shown.
for (const summary of document.querySelectorAll("summary:not([aria-label])")) {
  const link = summary.closest("li")?.querySelector("a");
  if (link) summary.setAttribute("aria-label", `Pages below ${link.textContent.trim()}`);
}
for (const button of document.querySelectorAll("button.search-button-field")) {
  button.setAttribute("aria-label", "Search Ctrl+K");
}

// Sphinx marks the lines of a signature up as definitions without terms, which confuses screen readers.
for (const part of document.querySelectorAll("dt.sig dl, dt.sig dd")) {
  const block = document.createElement("div");
  if (part.tagName === "DD") block.className = "parameter";
  block.append(...part.childNodes);
  part.replaceWith(block);
}
