/** Which package of a distribution holds a shared library. A name that is absent: the distribution has no such package. */
export type LibraryPackage = {
  readonly soname: string
  readonly al2023?: string
  readonly al2?: string
  readonly debian?: string
}

/** Where the names come from. Debian's are those of its release 12, where the soname is of another release the older one's. */
export const LIBRARY_PACKAGES_SOURCE = {
  al2023: 'https://docs.aws.amazon.com/linux/al2023/release-notes/all-packages.html',
  al2: 'https://docs.aws.amazon.com/linux/al2/release-notes/all-packages.html',
  debian: 'https://www.debian.org/distrib/packages',
  checked: '2026-11',
} as const

const GLIBC = [
  'libc.so.6',
  'libm.so.6',
  'libpthread.so.0',
  'libdl.so.2',
  'librt.so.1',
  'libresolv.so.2',
  'libutil.so.1',
]

// biome-ignore format: a table is read by its columns
export const LIBRARY_PACKAGES: readonly LibraryPackage[] = [
  // The C library
  ...GLIBC.map((soname) => ({ soname, al2023: 'glibc', al2: 'glibc', debian: 'libc6' })),
  // Compilers' run-time libraries
  { soname: 'libstdc++.so.6', al2023: 'libstdc++', al2: 'libstdc++', debian: 'libstdc++6' },
  { soname: 'libgcc_s.so.1', al2023: 'libgcc', al2: 'libgcc', debian: 'libgcc-s1' },
  { soname: 'libgomp.so.1', al2023: 'libgomp', al2: 'libgomp', debian: 'libgomp1' },
  { soname: 'libatomic.so.1', al2023: 'libatomic', al2: 'libatomic', debian: 'libatomic1' },
  { soname: 'libgfortran.so.5', al2023: 'libgfortran', debian: 'libgfortran5' },
  { soname: 'libquadmath.so.0', al2023: 'libquadmath', al2: 'libquadmath', debian: 'libquadmath0' },
  { soname: 'libopenblas.so.0', al2023: 'openblas', debian: 'libopenblas0' },
  { soname: 'liblapack.so.3', al2023: 'lapack', al2: 'lapack', debian: 'liblapack3' },
  { soname: 'libblas.so.3', al2023: 'blas', al2: 'blas', debian: 'libblas3' },
  { soname: 'libcrypt.so.1', al2023: 'libxcrypt-compat', al2: 'glibc', debian: 'libcrypt1' },
  { soname: 'libnsl.so.1', al2023: 'libnsl', al2: 'glibc' },
  { soname: 'libnsl.so.2', al2023: 'libnsl2', debian: 'libnsl2' },
  // Windows, graphics, sound
  { soname: 'libGL.so.1', al2023: 'mesa-libGL', al2: 'mesa-libGL', debian: 'libgl1' },
  { soname: 'libEGL.so.1', al2023: 'mesa-libEGL', al2: 'mesa-libEGL', debian: 'libegl1' },
  { soname: 'libGLX.so.0', al2023: 'libglvnd-glx', al2: 'libglvnd-glx', debian: 'libglx0' },
  { soname: 'libOpenGL.so.0', al2023: 'libglvnd-opengl', al2: 'libglvnd-opengl', debian: 'libopengl0' },
  { soname: 'libGLU.so.1', al2023: 'mesa-libGLU', al2: 'mesa-libGLU', debian: 'libglu1-mesa' },
  { soname: 'libgbm.so.1', al2023: 'mesa-libgbm', al2: 'mesa-libgbm', debian: 'libgbm1' },
  { soname: 'libdrm.so.2', al2023: 'libdrm', al2: 'libdrm', debian: 'libdrm2' },
  { soname: 'libX11.so.6', al2023: 'libX11', al2: 'libX11', debian: 'libx11-6' },
  { soname: 'libX11-xcb.so.1', al2023: 'libX11-xcb', al2: 'libX11', debian: 'libx11-xcb1' },
  { soname: 'libXext.so.6', al2023: 'libXext', al2: 'libXext', debian: 'libxext6' },
  { soname: 'libXrender.so.1', al2023: 'libXrender', al2: 'libXrender', debian: 'libxrender1' },
  { soname: 'libSM.so.6', al2023: 'libSM', al2: 'libSM', debian: 'libsm6' },
  { soname: 'libICE.so.6', al2023: 'libICE', al2: 'libICE', debian: 'libice6' },
  { soname: 'libXfixes.so.3', al2023: 'libXfixes', al2: 'libXfixes', debian: 'libxfixes3' },
  { soname: 'libXi.so.6', al2023: 'libXi', al2: 'libXi', debian: 'libxi6' },
  { soname: 'libXtst.so.6', al2023: 'libXtst', al2: 'libXtst', debian: 'libxtst6' },
  { soname: 'libXrandr.so.2', al2023: 'libXrandr', al2: 'libXrandr', debian: 'libxrandr2' },
  { soname: 'libXcomposite.so.1', al2023: 'libXcomposite', al2: 'libXcomposite', debian: 'libxcomposite1' },
  { soname: 'libXdamage.so.1', al2023: 'libXdamage', al2: 'libXdamage', debian: 'libxdamage1' },
  { soname: 'libXcursor.so.1', al2023: 'libXcursor', al2: 'libXcursor', debian: 'libxcursor1' },
  { soname: 'libXinerama.so.1', al2023: 'libXinerama', al2: 'libXinerama', debian: 'libxinerama1' },
  { soname: 'libXss.so.1', al2023: 'libXScrnSaver', al2: 'libXScrnSaver', debian: 'libxss1' },
  { soname: 'libxcb.so.1', al2023: 'libxcb', al2: 'libxcb', debian: 'libxcb1' },
  { soname: 'libxkbcommon.so.0', al2023: 'libxkbcommon', al2: 'libxkbcommon', debian: 'libxkbcommon0' },
  { soname: 'libgtk-3.so.0', al2023: 'gtk3', al2: 'gtk3', debian: 'libgtk-3-0' },
  { soname: 'libatk-1.0.so.0', al2023: 'atk', al2: 'atk', debian: 'libatk1.0-0' },
  { soname: 'libatk-bridge-2.0.so.0', al2023: 'at-spi2-atk', al2: 'at-spi2-atk', debian: 'libatk-bridge2.0-0' },
  { soname: 'libatspi.so.0', al2023: 'at-spi2-core', al2: 'at-spi2-core', debian: 'libatspi2.0-0' },
  { soname: 'libcups.so.2', al2023: 'cups-libs', al2: 'cups-libs', debian: 'libcups2' },
  { soname: 'libasound.so.2', al2023: 'alsa-lib', al2: 'alsa-lib', debian: 'libasound2' },
  { soname: 'libsndfile.so.1', al2023: 'libsndfile', al2: 'libsndfile', debian: 'libsndfile1' },
  { soname: 'libportaudio.so.2', debian: 'libportaudio2' },
  { soname: 'libOpenCL.so.1', al2023: 'ocl-icd', al2: 'ocl-icd', debian: 'ocl-icd-libopencl1' },
  // Text and pictures
  { soname: 'libglib-2.0.so.0', al2023: 'glib2', al2: 'glib2', debian: 'libglib2.0-0' },
  { soname: 'libgobject-2.0.so.0', al2023: 'glib2', al2: 'glib2', debian: 'libglib2.0-0' },
  { soname: 'libgio-2.0.so.0', al2023: 'glib2', al2: 'glib2', debian: 'libglib2.0-0' },
  { soname: 'libgmodule-2.0.so.0', al2023: 'glib2', al2: 'glib2', debian: 'libglib2.0-0' },
  { soname: 'libgthread-2.0.so.0', al2023: 'glib2', al2: 'glib2', debian: 'libglib2.0-0' },
  { soname: 'libfontconfig.so.1', al2023: 'fontconfig', al2: 'fontconfig', debian: 'libfontconfig1' },
  { soname: 'libfreetype.so.6', al2023: 'freetype', al2: 'freetype', debian: 'libfreetype6' },
  { soname: 'libharfbuzz.so.0', al2023: 'harfbuzz', al2: 'harfbuzz', debian: 'libharfbuzz0b' },
  { soname: 'libfribidi.so.0', al2023: 'fribidi', al2: 'fribidi', debian: 'libfribidi0' },
  { soname: 'libcairo.so.2', al2023: 'cairo', al2: 'cairo', debian: 'libcairo2' },
  { soname: 'libpango-1.0.so.0', al2023: 'pango', al2: 'pango', debian: 'libpango-1.0-0' },
  { soname: 'libpangocairo-1.0.so.0', al2023: 'pango', al2: 'pango', debian: 'libpangocairo-1.0-0' },
  { soname: 'libpangoft2-1.0.so.0', al2023: 'pango', al2: 'pango', debian: 'libpangoft2-1.0-0' },
  { soname: 'libgdk_pixbuf-2.0.so.0', al2023: 'gdk-pixbuf2', al2: 'gdk-pixbuf2', debian: 'libgdk-pixbuf-2.0-0' },
  { soname: 'libjpeg.so.62', al2023: 'libjpeg-turbo', al2: 'libjpeg-turbo', debian: 'libjpeg62-turbo' },
  { soname: 'libpng16.so.16', al2023: 'libpng', debian: 'libpng16-16' },
  { soname: 'libtiff.so.5', al2023: 'libtiff', al2: 'libtiff' },
  { soname: 'libtiff.so.6', debian: 'libtiff6' },
  { soname: 'libwebp.so.7', al2023: 'libwebp', debian: 'libwebp7' },
  { soname: 'libmagic.so.1', al2023: 'file-libs', al2: 'file-libs', debian: 'libmagic1' },
  { soname: 'libzbar.so.0', debian: 'libzbar0' },
  { soname: 'libtcl8.6.so', al2023: 'tcl', debian: 'libtcl8.6' },
  { soname: 'libtk8.6.so', al2023: 'tk', debian: 'libtk8.6' },
  // Security
  { soname: 'libssl.so.3', al2023: 'openssl-libs', debian: 'libssl3' },
  { soname: 'libcrypto.so.3', al2023: 'openssl-libs', debian: 'libssl3' },
  { soname: 'libssl.so.1.1', al2: 'openssl11-libs' },
  { soname: 'libcrypto.so.1.1', al2: 'openssl11-libs' },
  { soname: 'libssl.so.10', al2: 'openssl-libs' },
  { soname: 'libcrypto.so.10', al2: 'openssl-libs' },
  { soname: 'libnss3.so', al2023: 'nss', al2: 'nss', debian: 'libnss3' },
  { soname: 'libnspr4.so', al2023: 'nspr', al2: 'nspr', debian: 'libnspr4' },
  { soname: 'libgssapi_krb5.so.2', al2023: 'krb5-libs', al2: 'krb5-libs', debian: 'libgssapi-krb5-2' },
  { soname: 'libkrb5.so.3', al2023: 'krb5-libs', al2: 'krb5-libs', debian: 'libkrb5-3' },
  { soname: 'libsasl2.so.3', al2023: 'cyrus-sasl-lib', al2: 'cyrus-sasl-lib' },
  { soname: 'libsasl2.so.2', debian: 'libsasl2-2' },
  { soname: 'libsodium.so.23', debian: 'libsodium23' },
  { soname: 'libxmlsec1.so.1', al2023: 'xmlsec1', al2: 'xmlsec1', debian: 'libxmlsec1' },
  // Databases and data
  { soname: 'libodbc.so.2', al2023: 'unixODBC', al2: 'unixODBC', debian: 'libodbc2' },
  { soname: 'libodbcinst.so.2', al2023: 'unixODBC', al2: 'unixODBC', debian: 'libodbcinst2' },
  { soname: 'libpq.so.5', al2023: 'libpq', al2: 'postgresql-libs', debian: 'libpq5' },
  { soname: 'libmariadb.so.3', al2023: 'mariadb-connector-c', debian: 'libmariadb3' },
  { soname: 'libmysqlclient.so.18', al2: 'mariadb-libs' },
  { soname: 'libsybdb.so.5', al2023: 'freetds-libs', debian: 'libsybdb5' },
  { soname: 'libsqlite3.so.0', al2023: 'sqlite-libs', al2: 'sqlite', debian: 'libsqlite3-0' },
  { soname: 'libaio.so.1', al2023: 'libaio', al2: 'libaio', debian: 'libaio1' },
  { soname: 'libxml2.so.2', al2023: 'libxml2', al2: 'libxml2', debian: 'libxml2' },
  { soname: 'libxslt.so.1', al2023: 'libxslt', al2: 'libxslt', debian: 'libxslt1.1' },
  { soname: 'libexslt.so.0', al2023: 'libxslt', al2: 'libxslt', debian: 'libxslt1.1' },
  { soname: 'libexpat.so.1', al2023: 'expat', al2: 'expat', debian: 'libexpat1' },
  { soname: 'libz.so.1', al2023: 'zlib', al2: 'zlib', debian: 'zlib1g' },
  { soname: 'libbz2.so.1', al2023: 'bzip2-libs', al2: 'bzip2-libs' },
  { soname: 'libbz2.so.1.0', debian: 'libbz2-1.0' },
  { soname: 'liblzma.so.5', al2023: 'xz-libs', al2: 'xz-libs', debian: 'liblzma5' },
  { soname: 'libzstd.so.1', al2023: 'libzstd', al2: 'libzstd', debian: 'libzstd1' },
  { soname: 'liblz4.so.1', al2023: 'lz4-libs', al2: 'lz4', debian: 'liblz4-1' },
  { soname: 'libsnappy.so.1', al2023: 'snappy', al2: 'snappy', debian: 'libsnappy1v5' },
  // System
  { soname: 'libffi.so.8', al2023: 'libffi', debian: 'libffi8' },
  { soname: 'libffi.so.6', al2: 'libffi' },
  { soname: 'libuuid.so.1', al2023: 'libuuid', al2: 'libuuid', debian: 'libuuid1' },
  { soname: 'libusb-1.0.so.0', al2023: 'libusbx', al2: 'libusbx', debian: 'libusb-1.0-0' },
  { soname: 'libudev.so.1', al2023: 'systemd-libs', al2: 'systemd-libs', debian: 'libudev1' },
  { soname: 'libdbus-1.so.3', al2023: 'dbus-libs', al2: 'dbus-libs', debian: 'libdbus-1-3' },
  { soname: 'libnuma.so.1', al2023: 'numactl-libs', al2: 'numactl-libs', debian: 'libnuma1' },
  { soname: 'libcap.so.2', al2023: 'libcap', al2: 'libcap', debian: 'libcap2' },
  { soname: 'libcurl.so.4', al2023: 'libcurl', al2: 'libcurl', debian: 'libcurl4' },
  { soname: 'libtinfo.so.6', al2023: 'ncurses-libs', al2: 'ncurses-libs', debian: 'libtinfo6' },
  { soname: 'libtinfo.so.5', al2: 'ncurses-compat-libs', debian: 'libtinfo5' },
  { soname: 'libncursesw.so.6', al2023: 'ncurses-libs', al2: 'ncurses-libs', debian: 'libncursesw6' },
  { soname: 'libreadline.so.8', al2023: 'readline', debian: 'libreadline8' },
  { soname: 'libgdbm.so.6', al2023: 'gdbm-libs', debian: 'libgdbm6' },
  { soname: 'libunwind.so.8', al2023: 'libunwind', al2: 'libunwind', debian: 'libunwind8' },
  { soname: 'libpcap.so.1', al2023: 'libpcap', al2: 'libpcap' },
  { soname: 'libpcap.so.0.8', debian: 'libpcap0.8' },
]

/** Debian up to 11, where it differs: the package's older name, or `undefined` where that release has no such library. */
export const BEFORE_DEBIAN_12: Readonly<Record<string, string | undefined>> = {
  'libodbc.so.2': 'libodbc1',
  'libodbcinst.so.2': 'odbcinst1debian2',
  'libssl.so.3': undefined,
  'libcrypto.so.3': undefined,
  'libffi.so.8': undefined,
  'libtiff.so.6': undefined,
  'libwebp.so.7': undefined,
}

const BY_SONAME = new Map(LIBRARY_PACKAGES.map((row) => [row.soname, row]))

/** The row of a soname (`libGL.so.1`). */
export function libraryPackage(soname: string): LibraryPackage | undefined {
  return BY_SONAME.get(soname)
}

/** Packages on PyPI whose twin needs no libraries of the system, as their own documentation recommends. */
export const SELF_CONTAINED: Readonly<Record<string, string>> = {
  'pkg:pypi/opencv-python': 'opencv-python-headless',
  'pkg:pypi/opencv-contrib-python': 'opencv-contrib-python-headless',
  'pkg:pypi/psycopg': 'psycopg[binary]',
  'pkg:pypi/psycopg2': 'psycopg2-binary',
}
