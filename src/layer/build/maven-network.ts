import { CA_BUNDLE } from '../../ports/layer-builder.ts'

/**
 * A JVM reads neither PEM files nor proxy variables: this program (Java 8 or newer) puts the certificates into a copy of the
 * JVM's trust store, and the proxies into the settings of Maven. A password is in a file of the container, in no argument.
 */
const NETWORK = `import java.io.*;
import java.net.URI;
import java.nio.file.*;
import java.security.KeyStore;
import java.security.cert.*;
import java.util.*;

public class Network {
    static final char[] PASSWORD = "changeit".toCharArray();

    public static void main(String[] arguments) throws Exception {
        Path home = Paths.get(System.getenv("HOME"));
        Path bundle = Paths.get(arguments[0]);
        if (Files.exists(bundle)) trust(bundle, home.resolve("cacerts"));
        String proxies = proxy("http") + proxy("https");
        if (proxies.isEmpty()) return;
        Files.createDirectories(home.resolve(".m2"));
        String settings = "<settings><proxies>" + proxies + "</proxies></settings>";
        Files.write(home.resolve(".m2/settings.xml"), settings.getBytes("UTF-8"));
    }

    static void trust(Path bundle, Path result) throws Exception {
        KeyStore store = KeyStore.getInstance("JKS");
        Path own = Paths.get(System.getProperty("java.home"), "lib/security/cacerts");
        try (InputStream in = Files.exists(own) ? Files.newInputStream(own) : null) { store.load(in, in == null ? null : PASSWORD); }
        int count = 0;
        try (InputStream in = Files.newInputStream(bundle)) {
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-bundle-" + count++, one);
            }
        }
        if (count == 0) throw new IOException("ca-bundle holds no certificate");
        try (OutputStream out = Files.newOutputStream(result)) { store.store(out, PASSWORD); }
    }

    static String proxy(String scheme) throws Exception {
        String address = variable(scheme + "_proxy");
        if (address.isEmpty()) return "";
        URI uri = new URI(address.contains("://") ? address : "http://" + address);
        if (uri.getHost() == null) throw new IOException(scheme + "_proxy is no address of a proxy: write http://host:port");
        String user = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
        int colon = user.indexOf(':');
        return "<proxy><id>" + scheme + "</id><active>true</active><protocol>" + scheme + "</protocol>"
            + element("host", uri.getHost()) + element("port", "" + (uri.getPort() < 0 ? 80 : uri.getPort()))
            + (user.isEmpty() ? "" : element("username", decoded(colon < 0 ? user : user.substring(0, colon))))
            + (colon < 0 ? "" : element("password", decoded(user.substring(colon + 1))))
            + element("nonProxyHosts", direct()) + "</proxy>";
    }

    /** no_proxy names hosts with all below them; Maven wants that said with an asterisk. */
    static String direct() {
        List<String> hosts = new ArrayList<>();
        for (String one : variable("no_proxy").split("[,\\\\s]+")) {
            String host = one.replaceAll(":\\\\d+$", "").replaceAll("^[*]?[.]", "");
            if (host.isEmpty()) continue;
            hosts.add(host);
            if (!host.equals("*")) hosts.add("*." + host);
        }
        return String.join("|", hosts);
    }

    static String variable(String name) {
        String value = System.getenv(name);
        if (value == null || value.isEmpty()) value = System.getenv(name.toUpperCase(Locale.ROOT));
        return value == null ? "" : value;
    }

    static String element(String name, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
        return "<" + name + ">" + escaped + "</" + name + ">";
    }

    static String decoded(String text) throws Exception {
        return java.net.URLDecoder.decode(text.replace("+", "%2B"), "UTF-8");
    }
}
`

/** Shell: certificates and proxies for every JVM that MAVEN_OPTS reaches. */
export const MAVEN_NETWORK = `# A short run: what compiles best is not worth its time.
MAVEN_OPTS="$MAVEN_OPTS -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Duser.home=$HOME"
if [ -f ${CA_BUNDLE} ] || env | grep -qi '^https\\{0,1\\}_proxy=.'; then
  cat > "$HOME/Network.java" <<'END'
${NETWORK}END
  (cd "$HOME" && javac -J-XX:TieredStopAtLevel=1 Network.java && java -XX:TieredStopAtLevel=1 -cp . Network ${CA_BUNDLE})
fi
if [ -f "$HOME/cacerts" ]; then
  MAVEN_OPTS="$MAVEN_OPTS -Djavax.net.ssl.trustStore=$HOME/cacerts -Djavax.net.ssl.trustStorePassword=changeit"
fi
export MAVEN_OPTS
`
