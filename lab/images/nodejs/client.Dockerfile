# Compiles AWS's runtime interface client for Node.js in the release that will run it: no binary of it is published.
ARG ROOT
FROM ${ROOT} AS compiler
RUN apt-get update -q && apt-get install -y -q --no-install-recommends \
    autoconf automake cmake g++ libtool make python3 xz-utils
COPY node /var/lang/
COPY client /client/
ENV PATH=/var/lang/bin:$PATH npm_config_nodedir=/var/lang
WORKDIR /client/node_modules/aws-lambda-ric
RUN sh scripts/preinstall.sh && sh scripts/postinstall.sh

FROM scratch
COPY --from=compiler /client/node_modules/aws-lambda-ric/package.json \
                     /client/node_modules/aws-lambda-ric/index.mjs \
                     /client/node_modules/aws-lambda-ric/rapid-client.node \
                     /client/node_modules/aws-lambda-ric/LICENSE \
                     /client/node_modules/aws-lambda-ric/NOTICE \
                     /node_modules/aws-lambda-ric/
COPY --from=compiler /client/node_modules/@aws /node_modules/@aws
