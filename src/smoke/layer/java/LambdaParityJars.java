import java.io.*;
import java.nio.file.*;
import java.util.*;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A function that loads jars in a second JVM, which has them on its class path as the runtime's client has, and tells how
 * each went. That JVM may be ended by native code: then another goes on behind the jar at fault.
 */
public class LambdaParityJars {
    static final Path FOLDER = Paths.get("/tmp/lambda-parity");

    /** Of the event `jars`: {path, natives: groups of entries, of which one has to load}. */
    public List<Map<String, Object>> handleRequest(Map<String, Object> event) throws Exception {
        List<?> jars = (List<?>) event.get("jars");
        Files.createDirectories(FOLDER);
        StringBuilder lines = new StringBuilder();
        StringBuilder classPath = new StringBuilder("/var/task/lib/lambda-parity.jar:").append(System.getProperty("java.class.path"));
        for (Object jar : jars) {
            String path = (String) ((Map<?, ?>) jar).get("path");
            classPath.append(':').append(path);
            lines.append(path);
            for (Object group : (List<?>) ((Map<?, ?>) jar).get("natives")) {
                lines.append('\t');
                for (Object entry : (List<?>) group) lines.append(entry).append('|');
            }
            lines.append('\n');
        }
        Files.write(FOLDER.resolve("jars"), lines.toString().getBytes(UTF_8));
        Files.write(FOLDER.resolve("results"), new byte[0]);
        List<Map<String, Object>> results = new ArrayList<>();
        while (results.size() < jars.size()) {
            long started = System.nanoTime();
            int status = run(classPath.toString(), results.size());
            List<String> said = Files.readAllLines(FOLDER.resolve("results"), UTF_8);
            for (String line : said.subList(results.size(), said.size())) {
                results.add(named(jars, results.size(), result(line.split("\t", -1))));
            }
            if (results.size() == jars.size()) break;
            Map<String, Object> crash = error(status > 128 ? "Signal" : "Exit",
                status > 128 ? "the JVM was ended by signal " + (status - 128) : "the JVM ended with status " + status,
                new String(Files.readAllBytes(FOLDER.resolve("log")), UTF_8));
            crash.put("millis", (System.nanoTime() - started) / 1000000);
            results.add(named(jars, results.size(), crash));
            Files.write(FOLDER.resolve("results"), "crash\n".getBytes(UTF_8), StandardOpenOption.APPEND);
        }
        return results;
    }

    static int run(String classPath, int from) throws Exception {
        int memory = Integer.parseInt(System.getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));
        return new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java", "-Xmx" + Math.max(48, memory / 4) + "m", "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1", "-XX:ErrorFile=/tmp/lambda-parity/crash", "-Djava.awt.headless=true",
            "-cp", classPath, "LambdaParityLoad", "" + from
        ).redirectErrorStream(true).redirectOutput(FOLDER.resolve("log").toFile()).start().waitFor();
    }

    static Map<String, Object> named(List<?> jars, int index, Map<String, Object> result) {
        String path = (String) ((Map<?, ?>) jars.get(index)).get("path");
        result.put("name", path.substring(path.lastIndexOf('/') + 1));
        return result;
    }

    static Map<String, Object> result(String[] fields) {
        Map<String, Object> result = fields[3].isEmpty() ? new LinkedHashMap<>() : error(fields[3], fields[4], fields[5].replace('\u001f', '\n'));
        result.put("millis", Long.parseLong(fields[0]));
        Map<String, Object> loaded = new LinkedHashMap<>(Collections.singletonMap("classes", Integer.parseInt(fields[1])));
        if (!fields[2].isEmpty()) loaded.put("natives", Arrays.asList(fields[2].split("[|]")));
        result.put("loaded", loaded);
        return result;
    }

    static Map<String, Object> error(String type, String message, String log) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("type", type);
        error.put("message", message);
        error.put("log", log.substring(Math.max(0, log.length() - 4000)));
        return new LinkedHashMap<>(Collections.singletonMap("error", error));
    }
}
