/* What the modules share: the corridor's document, as document.py writes it, and what is read off
   it. Values that no two modules share have no name here. */

type Ids = string[];
/** West, south, east, north in degrees. */
type Bbox = [number, number, number, number];

/** What a feature is from a date until the next phase. */
interface Phase {
  since: string;
  status: string;
  status_label: string;
  look: string;
  /** Key into the document's signs. */
  sign: string;
  /** What stands below the name: in this phase, where its ring or band is too small to be
   * drawn, and while the feature is selected. */
  second: string;
  second_undrawn: string;
  second_selected: string;
}

/** What a label says in one language. */
interface LabelWords {
  text: string;
  /** The text in two rows, for where one is too wide; empty if it is not broken. */
  halves: string[];
  /** The text as it stands in an area; empty for others. */
  capitals: string;
}

/** A feature's name on the map; lower ranks are placed first. */
interface Label extends LabelWords {
  color: string;
  rank: number;
  at: [number, number];
  area: boolean;
  /** What it says in other languages, by code. */
  names: Record<string, LabelWords>;
}

/** Knowledge of a date: a view of an earlier day tells so. */
interface Later {
  /** ISO date. */
  since: string;
  /** What is said then: "later: 7 Jan 2024". */
  text: string;
}

/** What is said from a day until the next turn. */
interface Turn {
  since: string;
  state: string;
  text: string;
}

/** The trend of a milestone; places are shares of its width (x) and height (from below). */
interface PromiseChart {
  first: string;
  last: string;
  promises: { since: string; x: number; low: number; high: number; label: string }[];
  said_ticks: { at: number; label_at: number; label: string }[];
  due_ticks: { at: number; label_at: number; label: string }[];
  diagonal: [number, number, number, number] | null;
  reached: [number, number] | null;
  reached_since: string;
}

/** The promises of one milestone, in the order in which they were said. */
interface PromiseCourse {
  milestone: string;
  label: string;
  turns: Turn[];
  promises: {
    since: string;
    said_label: string;
    /** ISO date of the last day on which it is not overdue. */
    due_by: string;
    due_label: string;
    note: string;
    turns: Turn[];
    sources: Ids;
  }[];
  chart: PromiseChart | null;
}

/** All that a feature had due on a day. */
interface DueDay {
  date: string;
  feature: string;
  turns: Turn[];
}

/** A feature with every look it takes through time. */
interface Feature {
  id: string;
  layer: string;
  name: string;
  names: Record<string, string>;
  kind: string;
  kind_label: string;
  /** Whether it simply is there, so that a status and a date say little. */
  lasting: boolean;
  mode: string;
  /** How it is travelled, to read; empty if it is not. */
  mode_label: string;
  countries: string[];
  /** What the user's own file says beyond our fields, by its columns. */
  columns: Record<string, string>;
  geometry: any;
  /** Features that stand at one place share it. */
  place: string;
  label: Label | null;
  position: {
    quality: string;
    uncertainty_m: number;
    text: string;
    /** For the map; empty where the place is well known. */
    label: string;
    ring_m: number | null;
    band_m: number | null;
  };
  phases: Phase[];
  history: {
    date: string;
    since: string;
    date_label: string;
    text: string;
    status: string;
    sources: Ids;
    later: Later | null;
  }[];
  facts: { label: string; text: string; sources: Ids; later: Later | null }[];
  promises: PromiseCourse[];
  sources: Ids;
  claims: Ids;
}

/** What changed in a feature on a day, in words. */
interface DatedChange {
  feature: string;
  since: string;
  date_label: string;
  text: string;
  /** Whether the feature itself changed; a report alone does not light it. */
  lights: boolean;
  sources: Ids;
}

/** One thing the article says, with the features it is about. */
interface Claim {
  id: string;
  number: number;
  title: string;
  text: string;
  quote: string;
  paragraph: number;
  features: Ids;
  check: {
    result: string;
    text: string;
    sources: Ids;
    label: string;
    rule: string;
    later: Later | null;
  } | null;
}

interface Layer {
  id: string;
  title: string;
  group: string;
  color: string;
  visible: boolean;
  count: number;
  swatch: string;
  extent: Bbox | null;
  notes: string[];
}

/** The words of a sentence that says what it is about, see page/headline.js. */
interface Headline {
  written: string;
  one: string;
  many: string;
  found: { results: string[]; one: string; many: string }[];
}

/** In which order labels are placed and what a place costs; layers/scene/prices.py says each. */
interface LabelPrices {
  ranks: Record<
    "selected" | "lit" | "area" | "feature" | "capital" | "place" | "country" | "water",
    number
  >;
  sides: { x: number; y: number; price: number }[];
  leaders_px: number[];
  leader: number;
  leader_per_px: number;
  second_row: number;
  broken: number;
  stacked: number;
  number_alone: number;
  along: number;
  beside: number;
  over_line_per_px: number;
  most: number;
  most_place: number;
  most_ground: number;
  crowd_px: number;
}

/** A corridor as the browser gets it. */
interface CorridorDocument {
  schema: number;
  corridor: {
    id: string;
    title: string;
    summary: string;
    headline: Headline;
    as_of: string;
    as_of_label: string;
    extent: Bbox;
  };
  dates: any;
  /** Every dated change, and the two dates that are compared at first. */
  changes: { since: string; date: string; rows: DatedChange[] };
  article: {
    title: string;
    author: string;
    publisher: string;
    date: string;
    date_label: string;
    url: string;
  } | null;
  groups: { id: string; title: string; layers: Ids }[];
  layers: Layer[];
  features: Feature[];
  /** How each look is drawn: of a point, a line or an area. */
  signs: Record<string, any>;
  claims: Claim[];
  passages: any[];
  checks: any[];
  /** What each result of a check is called. */
  verdicts: Record<string, string>;
  measured: Record<string, { text: string; outside: string[]; low_km: number; high_km: number }>;
  /** CSL-JSON by id. */
  sources: Record<string, any>;
  legend: { signs: string[]; text: string; extra: string; look: string; of: string }[];
  label_prices: LabelPrices;
  /** How the drawing of promises is read. */
  promises_how: string;
  palette: Record<string, string>;
  basemaps: any[];
  routes: any[];
  credits: string[];
  boundary_note: string;
  /** Those that the names on the map can be in, the usual one first. */
  label_languages: { code: string; title: string }[];
  places: any[];
  own_countries: string[];
  findings: any[];
}

/** What a page's address names. */
interface View {
  bbox: Bbox | null;
  layers: Ids;
  date: string;
  /** The date that it is compared with, if it is. */
  since: string | null;
  selected: string | null;
  basemap: string;
  /** The language of the features' names, by code. */
  label_language: string;
}

interface State {
  view: View;
  /** The selected claim. */
  claim: string | null;
  /** The feature under the pointer, and the claim under it. */
  hover: string | null;
  hoverClaim: string | null;
  notices: { text: string; details?: string }[];
}

/** A state with some of it left out. */
type Patch = Partial<Omit<State, "view">> & { view?: Partial<View> };

interface Store {
  get(): Readonly<State>;
  /** Merge a patch; listeners run at once. */
  set(patch: Patch): void;
  /** Returns a function that ends the subscription. */
  subscribe(listener: (state: State, before: State) => void): () => void;
}

/** Read-only questions about a document. */
interface Model {
  document: CorridorDocument;
  feature(id: string): Feature | null;
  claim(id: string): Claim | null;
  layer(id: string): Layer | null;
  sign(key: string): any;
  /** The phase of a feature at an ISO date, or null before its first event. */
  phaseAt(feature: Feature, date: string): Phase | null;
  /** Features that the state shows: their layer is on and they exist at the date. */
  visible(state: State): Feature[];
  /** All features that stand where this one stands, itself included. */
  samePlace(feature: Feature): Feature[];
  /** The changes between two ISO dates, whichever is the earlier. */
  changes(one: string, other: string): DatedChange[];
  /** Ids of the lit features: of the selected claim or else of what changed, and the selected one. */
  lit(state: State): Set<string>;
}
