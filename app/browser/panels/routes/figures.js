/* What of a way is usable at a date: kilometres by status, country and mode, missing links.
   The same figures as layers/routes/figures.py, from the document; draws nothing. */

const NOT_YET = { status: "", look: "", label: "Not recorded yet" };

/** Sums in the order in which the keys first come. */
function sums(parts) {
  const byKey = new Map();
  for (const { key, label, km } of parts) {
    const sum = byKey.get(key) || { key, label, km: 0 };
    sum.km += km;
    byKey.set(key, sum);
  }
  return [...byKey.values()];
}

/**
 * @param {any} way one of document.routes[].ways @param {string} date ISO date
 * @returns km, usableKm, share (0 to 1), legs, byStatus, byCountry, byMode, missing, links,
 *   places, gaps, breaks; every part carries its feature and its state at the date
 * @param {Model} model
 */
export function routeFigures(model, way, date) {
  const stateOf = (feature) => {
    const phase = feature && model.phaseAt(feature, date);
    return phase
      ? { status: phase.status, look: phase.look, label: phase.status_label, sign: phase.sign }
      : NOT_YET;
  };
  const withFeature = (part) => {
    const feature = model.feature(part.feature);
    return { ...part, feature, state: stateOf(feature) };
  };
  const known = (part) => part.feature !== null;
  const legs = way.legs
    .map(withFeature)
    .filter(known)
    .map((leg) => ({ ...leg, km: leg.to_km - leg.from_km }));
  const spots = way.spots.map(withFeature).filter(known);
  const links = spots.filter((spot) => ["bridge", "border_crossing"].includes(spot.feature.kind));
  const usable = (part) => part.state.status === "operating";
  const onTheWay = links
    .filter((spot) => spot.role === "on")
    .map((spot) => ({ ...spot, from_km: spot.km, km: 0 }));
  const usableKm = legs.filter(usable).reduce((sum, leg) => sum + leg.km, 0);
  return {
    km: way.km,
    usableKm,
    share: way.km ? usableKm / way.km : 0,
    legs,
    byStatus: sums(
      legs.map((leg) => ({ key: leg.state.status, label: leg.state.label, km: leg.km })),
    ),
    byCountry: sums(
      way.countries.map((c) => ({ key: c.country, label: c.country, km: c.to_km - c.from_km })),
    ),
    byMode: sums(
      legs.map((leg) => ({
        key: leg.feature.mode,
        label: leg.feature.mode_label || leg.feature.mode,
        km: leg.km,
      })),
    ),
    missing: [...legs, ...onTheWay]
      .filter((part) => !usable(part))
      .sort((a, b) => a.from_km - b.from_km),
    links,
    places: spots.filter((spot) => spot.role === "place"),
    gaps: way.gaps.map((gap) => ({
      ...gap,
      before: model.feature(gap.before),
      after: model.feature(gap.after),
    })),
    breaks: way.gauge_breaks.map((found) => ({
      ...found,
      features: found.features.map(model.feature).filter(Boolean),
    })),
  };
}
