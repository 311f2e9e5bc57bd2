/**
 * Names of CSS properties that an element's style knows. Others are kept when set by `setProperty` or as text.
 */

const BOX_SIDES = ['top', 'right', 'bottom', 'left'];
const namesLike = (/** @type {string} */ pattern, /** @type {string[]} */ parts) => parts.map((part) => pattern.replace('*', part));

/** Properties whose value is a length. */
const LENGTH_LIST = [
  'left', 'top', 'right', 'bottom', 'width', 'height', 'min-width', 'min-height', 'max-width', 'max-height',
  ...namesLike('margin-*', BOX_SIDES), ...namesLike('padding-*', BOX_SIDES), ...namesLike('border-*-width', BOX_SIDES),
  'font-size', 'line-height', 'letter-spacing', 'word-spacing', 'text-indent', 'outline-width', 'outline-offset',
  'column-gap', 'row-gap', 'column-width', 'perspective',
];
export const LENGTH_NAMES = new Set(LENGTH_LIST);

const BOX_NAMES = 'margin padding inset box-sizing display position float clear overflow overflow-x overflow-y visibility opacity z-index clip clip-path '
  + 'object-fit object-position resize aspect-ratio contain isolation';
const FLEX_NAMES = 'flex flex-grow flex-shrink flex-basis flex-direction flex-flow flex-wrap justify-content justify-items justify-self align-content '
  + 'align-items align-self order gap place-content place-items place-self columns column-count';
const GRID_NAMES = 'grid grid-area grid-auto-columns grid-auto-flow grid-auto-rows grid-column grid-column-start grid-column-end grid-row grid-row-start '
  + 'grid-row-end grid-template grid-template-areas grid-template-columns grid-template-rows';
const BORDER_NAMES = 'border border-width border-style border-color border-radius border-collapse border-spacing border-image outline outline-style '
  + 'outline-color box-shadow border-top-left-radius border-top-right-radius border-bottom-left-radius border-bottom-right-radius';
const BACKGROUND_NAMES = 'background background-attachment background-blend-mode background-clip background-color background-image background-origin '
  + 'background-position background-position-x background-position-y background-repeat background-size';
const TEXT_NAMES = 'color font font-family font-style font-variant font-weight font-stretch font-feature-settings text-align text-align-last '
  + 'text-decoration text-decoration-color text-decoration-line text-overflow text-shadow text-transform text-rendering white-space word-break word-wrap '
  + 'overflow-wrap vertical-align direction unicode-bidi writing-mode hyphens quotes content list-style list-style-type list-style-position '
  + 'list-style-image caret-color tab-size table-layout caption-side empty-cells';
const MOTION_NAMES = 'transform transform-origin transform-style perspective-origin backface-visibility transition transition-delay transition-duration '
  + 'transition-property transition-timing-function animation animation-delay animation-direction animation-duration animation-fill-mode '
  + 'animation-iteration-count animation-name animation-play-state animation-timing-function will-change rotate scale translate filter '
  + 'backdrop-filter mix-blend-mode';
const INPUT_NAMES = 'cursor pointer-events touch-action user-select scroll-behavior overscroll-behavior appearance accent-color image-rendering zoom '
  + 'color-scheme fill fill-opacity stroke stroke-width stroke-dasharray stroke-dashoffset stroke-linecap stroke-opacity';
const WEBKIT_NAMES = 'transform transform-origin transform-style transition transition-duration transition-property transition-timing-function transition-delay '
  + 'animation animation-name animation-duration animation-iteration-count animation-timing-function animation-delay animation-play-state '
  + 'backface-visibility user-select tap-highlight-color touch-callout text-stroke font-smoothing appearance box-shadow border-radius filter perspective '
  + 'overflow-scrolling user-drag mask background-clip text-fill-color';

const wordsOf = (/** @type {string[]} */ ...texts) => texts.join(' ').split(' ');

export const STYLE_NAMES = [
  ...LENGTH_LIST, ...wordsOf(BOX_NAMES, FLEX_NAMES, GRID_NAMES, BORDER_NAMES, BACKGROUND_NAMES, TEXT_NAMES, MOTION_NAMES, INPUT_NAMES),
  ...namesLike('border-*', BOX_SIDES), ...namesLike('border-*-style', BOX_SIDES), ...namesLike('border-*-color', BOX_SIDES),
  ...namesLike('-webkit-*', wordsOf(WEBKIT_NAMES)),
];
