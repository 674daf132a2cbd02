export { Cassette } from './cassette.js';
export type { CassetteMode } from './cassette-mode.js';
export type { CassetteMatch, CassetteOptions, Scrub, ScrubPlace } from './cassette-options.js';
export { CassetteFormatError } from './errors/cassette-format-error.js';
export { CassetteIncompleteError } from './errors/cassette-incomplete-error.js';
export { CassetteMissError, type CassetteMiss } from './errors/cassette-miss-error.js';
export { useCassette } from './use-cassette.js';
