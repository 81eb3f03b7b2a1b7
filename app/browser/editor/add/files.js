/* Sorts the files that a user drops or chooses into uploads: one file each, and the parts of
   one Shapefile together. Reads no contents and asks no server. */

const PARTS = [".shp", ".shx", ".dbf", ".prj", ".cpg"];
/** Lie beside a Shapefile and say nothing that is read. */
const BESIDE = [".sbn", ".sbx", ".qix", ".qmd", ".qpj", ".xml", ".lyr", ".idx", ".fix"];

/** A file's name as text that can be sent: half a character becomes a mark. */
function nameOf(file) {
  const name = String(file.name || "file");
  return name.toWellFormed ? name.toWellFormed() : name.replace(/[\ud800-\udfff]/g, "\ufffd");
}

function split(name) {
  const dot = name.lastIndexOf(".");
  return dot < 0 ? [name, ""] : [name.slice(0, dot), name.slice(dot).toLowerCase()];
}

/**
 * @param {File[]} files
 * @returns `{name: string, files: {name, file}[]}[]` in the order in which they came
 */
function uploadsOf(files) {
  const named = files.map((file) => ({ file, name: nameOf(file) }));
  const stems = new Set(
    named
      .map(({ name }) => split(name))
      .filter(([, end]) => end === ".shp")
      .map(([stem]) => stem),
  );
  const made = [];
  const shapes = new Map();
  for (const one of named) {
    const [stem, ending] = split(one.name);
    if (!stems.has(stem) || !PARTS.includes(ending)) {
      if (!(stems.has(split(stem)[0]) || stems.has(stem)) || !BESIDE.includes(ending))
        made.push({ name: one.name, files: [one] });
      continue;
    }
    if (!shapes.has(stem)) {
      shapes.set(stem, { name: `${stem}.shp`, files: [] });
      made.push(shapes.get(stem));
    }
    shapes.get(stem).files.push(one);
  }
  return made;
}

/** Bytes in words. */
function size(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** What stands in the way of sending an upload, or null. The server says the same again. */
function refusal(upload, { limits }) {
  const bytes = upload.files.reduce((sum, { file }) => sum + file.size, 0);
  if (bytes > limits.file_bytes) {
    return {
      file: upload.name,
      feature: "",
      problem: `the file is too large (${size(bytes)})`,
      remedy: `Simplify or split it to less than ${size(limits.file_bytes)}.`,
    };
  }
  if (bytes === 0) {
    return {
      file: upload.name,
      feature: "",
      problem: "the file is empty",
      remedy: "Give another file.",
    };
  }
  return null;
}

export { refusal, size, split, uploadsOf };
