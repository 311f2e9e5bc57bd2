/**
 * Did you mean …? The known word that is nearest to one that is not known.
 */

/**
 * The words of a message for somebody who wrote what there is not: a suggestion, or all that there is.
 * @param {string} word @param {readonly string[]} known
 */
export function didYouMean(word, known) {
  const near = nearest(word, known);
  return near === undefined ? `there ${known.length === 1 ? 'is' : 'are'} ${known.join(', ')}` : `did you mean ${near}?`;
}

/**
 * The known word that takes the fewest changes, where that are few for its length; undefined where none is near.
 * @param {string} word @param {readonly string[]} known
 */
export function nearest(word, known) {
  const [best] = known
    .map((candidate) => ({ candidate, distance: distance(plain(word), plain(candidate)) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.min(word.length, candidate.length) / 3))
    .sort((a, b) => a.distance - b.distance);
  return best?.candidate;
}

/** As people mix them up: case, hyphens, underscores and spaces count for nothing. @param {string} word */
function plain(word) {
  return word.toLowerCase().replace(/[-_\s]/g, '');
}

/** Letters put in, left out, changed, or swapped with their neighbour. @param {string} a @param {string} b */
function distance(a, b) {
  /** @type {number[][]} */
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    rows.push([i]);
    for (let j = 1; j <= b.length; j += 1) {
      const changed = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      rows[i][j] = Math.min(changed, rows[i - 1][j] + 1, rows[i][j - 1] + 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwapped) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.length][b.length];
}
