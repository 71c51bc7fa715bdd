import { ownValue } from '../../own-value.ts'

/**
 * Modules whose distribution is called otherwise, of the most downloaded ones on PyPI: `import PIL` comes from Pillow. Where
 * several bring the module, the one that installs without a compiler or a display.
 */
const DISTRIBUTIONS: Readonly<Record<string, string>> = {
  Crypto: 'pycryptodome',
  Cryptodome: 'pycryptodomex',
  Levenshtein: 'levenshtein',
  MySQLdb: 'mysqlclient',
  OpenSSL: 'pyOpenSSL',
  PIL: 'pillow',
  attr: 'attrs',
  bs4: 'beautifulsoup4',
  cv2: 'opencv-python-headless',
  dateutil: 'python-dateutil',
  docx: 'python-docx',
  dotenv: 'python-dotenv',
  fitz: 'PyMuPDF',
  git: 'GitPython',
  jose: 'python-jose',
  jwt: 'PyJWT',
  ldap: 'python-ldap',
  magic: 'python-magic',
  markdown: 'Markdown',
  multipart: 'python-multipart',
  mysql: 'mysql-connector-python',
  nacl: 'PyNaCl',
  pkg_resources: 'setuptools',
  pptx: 'python-pptx',
  psycopg2: 'psycopg2-binary',
  pymupdf: 'PyMuPDF',
  pythonjsonlogger: 'python-json-logger',
  serial: 'pyserial',
  skimage: 'scikit-image',
  sklearn: 'scikit-learn',
  slugify: 'python-slugify',
  snowflake: 'snowflake-connector-python',
  socks: 'PySocks',
  telegram: 'python-telegram-bot',
  usb: 'pyusb',
  websocket: 'websocket-client',
  yaml: 'PyYAML',
  zmq: 'pyzmq',
}

/** What to ask pip for to have a module: most distributions are called as their module, with hyphens. */
export function distributionOf(module: string): string {
  const top = module.split('.')[0] ?? module
  return ownValue(DISTRIBUTIONS, top) ?? top.replaceAll('_', '-')
}
