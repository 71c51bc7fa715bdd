import { CA_BUNDLE } from '../../ports/layer-builder.ts'
import type { Installer } from './installer.ts'

const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies'

/** A JVM reads no PEM file: the certificates go into a copy of its trust store, one by one. */
const TRUST = `if [ -f ${CA_BUNDLE} ]; then
  JVM=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.home = //p')
  for store in "$JVM/lib/security/cacerts" "$JVM/jre/lib/security/cacerts"; do
    if [ -f "$store" ]; then cp -L "$store" "$HOME/cacerts"; chmod u+w "$HOME/cacerts"; break; fi
  done
  awk -v home="$HOME" '/-----BEGIN CERTIFICATE-----/ { n++; on = 1 } on { print > (home "/ca-" n ".pem") } /-----END CERTIFICATE-----/ { on = 0 }' ${CA_BUNDLE}
  for certificate in "$HOME"/ca-[0-9]*.pem; do
    keytool -importcert -noprompt -keystore "$HOME/cacerts" -storepass changeit -alias "$(basename "$certificate")" -file "$certificate" >/dev/null 2>&1
  done
  MAVEN_OPTS="$MAVEN_OPTS -Djavax.net.ssl.trustStore=$HOME/cacerts -Djavax.net.ssl.trustStorePassword=changeit"
fi
`

/** What the project needs at run time, and its own jar when there is code; equal sources give equal jars. */
const MAVEN = `MAVEN_OPTS="$MAVEN_OPTS -Duser.home=$HOME"
${TRUST}export MAVEN_OPTS
MVN="mvn -B -ntp -Dmaven.repo.local=$CACHE/maven -Daether.syncContext.named.factory=file-lock -Daether.syncContext.named.nameMapper=file-gav"
mkdir -p /out/java/lib
if [ -d src/main ]; then
  $MVN -DskipTests -Dproject.build.outputTimestamp=1980-01-01T00:00:02Z package
  for jar in target/*.jar; do
    case $jar in *-sources.jar | *-javadoc.jar | *-tests.jar | target/original-* | 'target/*.jar') ;; *) cp "$jar" /out/java/lib/ ;; esac
  done
fi
$MVN ${COPY} -DincludeScope=runtime -DoutputDirectory=/out/java/lib
`

export const JAVA_INSTALLERS: readonly Installer[] = [
  { family: 'java', tool: 'Maven', files: ['pom.xml'], locked: true, script: () => MAVEN },
]
