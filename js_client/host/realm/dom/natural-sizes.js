/**
 * Sizes of elements that have one of their own: canvases, pictures, videos.
 */

const STANDARD = { width: 300, height: 150 };

/** @param {any} element @returns {{width: number, height: number}|undefined} */
export function naturalSize(element) {
  switch (element.localName) {
    case 'canvas': return { width: element.width, height: element.height };
    case 'img': return pictureSize(element);
    case 'video': case 'iframe': case 'svg': case 'embed': case 'object': return attributeSize(element, STANDARD);
    default: return undefined;
  }
}

/** @param {any} element */
function pictureSize(element) {
  const { naturalWidth, naturalHeight } = element;
  const { width, height } = attributeSize(element, { width: NaN, height: NaN });
  if (Number.isNaN(width) && Number.isNaN(height)) return { width: naturalWidth, height: naturalHeight };
  const ratio = naturalHeight > 0 ? naturalWidth / naturalHeight : 1;
  return { width: Number.isNaN(width) ? height * ratio : width, height: Number.isNaN(height) ? width / ratio : height };
}

/** @param {any} element @param {{width: number, height: number}} standard */
function attributeSize(element, standard) {
  const [width, height] = ['width', 'height'].map((name) => parseFloat(element.getAttribute(name) ?? ''));
  return { width: Number.isNaN(width) ? standard.width : width, height: Number.isNaN(height) ? standard.height : height };
}
