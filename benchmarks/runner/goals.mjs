/** The figure that a case compares by. */
export function mainFigure(found) {
  return found.figure ?? found.figures[0];
}

/** `undefined` where it can't be said, because somebody is missing. */
export function judge(found, goal, measured) {
  const row = measured.rows.find(({ name }) => name === goal.of);
  if (row === undefined) return undefined;
  if (row.failure !== undefined) return { met: false, shown: row.failure };
  const figure = row.figures[goal.figure ?? mainFigure(found)].median;
  if (goal.below !== undefined) return { met: figure < goal.below, shown: number(figure) };
  if (goal.than === undefined) return { met: true, shown: 'yes' };
  const other = otherFigure(found, goal, measured);
  if (other === undefined) return undefined;
  const shown = `${number(figure / other)} of ${number(goal.within)}`;
  return {
    met: figure / other <= goal.within,
    shown: `${shown}${floorText(found, goal, { measured, other })}`,
  };
}

/** What the system itself takes: below it nobody can get. */
function floorText(found, { floors = [], within }, { measured, other }) {
  const rows = measured.rows
    .filter(({ name, failure }) => floors.includes(name) && failure === undefined)
    .map(({ label, figures }) => ({ label, ratio: figures[mainFigure(found)].median / other }));
  const above = rows.filter(({ ratio }) => ratio > within);
  const [before, shown] = above.length > 0 ? ['out of reach on this machine: ', above] : ['', rows];
  const texts = shown.map(({ label, ratio }) => `${label} has ${number(ratio)}`);
  return texts.length === 0 ? '' : `; ${before}${texts.join(', ')}`;
}

function otherFigure(found, goal, measured) {
  const name = mainFigure(found);
  const others = measured.rows.filter(
    (row) =>
      row.failure === undefined &&
      row.name !== goal.but &&
      (goal.than === 'best' ? !row.ours : row.name === goal.than),
  );
  return others.length === 0
    ? undefined
    : Math.min(...others.map((row) => row.figures[name].median));
}

/** Where one of ours is slower than somebody else, in words. */
export function losses(found, measured) {
  const name = mainFigure(found);
  const sound = measured.rows.filter((row) => row.failure === undefined);
  const best = sound
    .filter((row) => !row.ours)
    .sort((a, b) => a.figures[name].median - b.figures[name].median)[0];
  if (best === undefined) return [];
  return sound
    .filter((row) => row.ours && row.figures[name].min > best.figures[name].median)
    .map((row) => {
      const ratio = row.figures[name].median / best.figures[name].median;
      return `${row.label} takes ${number(ratio)} times what ${best.label} takes.`;
    });
}

export function number(value) {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
