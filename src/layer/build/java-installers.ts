import type { Installer } from './installer.ts'
import { OWN_JARS } from './maven-jars.ts'
import { MAVEN_NETWORK } from './maven-network.ts'

const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies'

/**
 * What the project needs at run time, and its own jars when there is code. Both in one call: modules find each other only
 * in the build that makes them.
 */
const MAVEN = `${MAVEN_NETWORK}MVN="mvn -B -ntp -Dmaven.repo.local=$CACHE/maven -Daether.syncContext.named.factory=file-lock -Daether.syncContext.named.nameMapper=file-gav"
COPY="${COPY} -DincludeScope=runtime -DoutputDirectory=/out/java/lib"
mkdir -p /out/java/lib
# What was built before, beside the source, is not this build's.
find . -name pom.xml -exec sh -c 'rm -rf "$(dirname "$1")/target"' sh {} \\;
if [ -d src/main ] || grep -q '<module>' pom.xml; then
  $MVN -DskipTests -Dproject.build.outputTimestamp=1980-01-01T00:00:02Z package $COPY
  ${OWN_JARS.trimEnd()}
else
  $MVN $COPY
fi
`

export const JAVA_INSTALLERS: readonly Installer[] = [
  { family: 'java', tool: 'Maven', files: ['pom.xml'], locked: true, script: () => MAVEN },
]
