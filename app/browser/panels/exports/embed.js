/* Writes the code that shows an exported file on another page. Touches no page itself. */

const MARKS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text) => String(text).replace(/[&<>"']/g, (mark) => MARKS[mark]);
/** A comment of HTML may hold neither its own end nor two hyphens. */
const commented = (text) => String(text).replace(/[<>]/g, "").replace(/-{2,}/g, "-");
const MAP_HEIGHT_PX = 640;

function tag(name, props, content) {
  const all = Object.entries(props).filter(([, value]) => value !== undefined && value !== "");
  const words = all.map(([key, value]) => ` ${key}="${escaped(value)}"`).join("");
  return content === undefined ? `<${name}${words}>` : `<${name}${words}>${content}</${name}>`;
}

/**
 * The code for a file: an `img` with its words for a picture, an `iframe` with its title for
 * the map in one file, a link for a PDF. No script, and nothing of this server.
 * @param {any} file {format, filename, title, alt, width, height}; sizes in CSS px
 */
export function embedCode({ format, filename, title, alt, width, height }) {
  const src = encodeURIComponent(filename);
  const note = `<!-- Put the file ${commented(filename)} beside this page, or write its address below. -->`;
  if (format === "html") {
    const frame = {
      src,
      title,
      width: "100%",
      height: MAP_HEIGHT_PX,
      loading: "lazy",
      style: "border:0",
      // Its own scripts and full screen, and nothing of the page it stands in.
      sandbox: "allow-scripts allow-popups",
      allowfullscreen: "allowfullscreen",
    };
    return `${note}\n${tag("iframe", frame, "")}\n`;
  }
  if (format === "pdf") return `${note}\n${tag("a", { href: src }, escaped(`${title} (PDF)`))}\n`;
  const image = tag("img", {
    src,
    alt,
    width,
    height,
    loading: "lazy",
    style: "max-width:100%;height:auto",
  });
  return `${note}\n${image}\n`;
}
