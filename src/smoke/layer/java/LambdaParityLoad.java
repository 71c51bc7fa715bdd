import java.io.*;
import java.nio.file.*;
import java.security.CodeSource;
import java.util.*;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import static java.nio.charset.StandardCharsets.UTF_8;

/** The second JVM of LambdaParityJars: loads one jar after the other and writes a line about each. */
public class LambdaParityLoad {
    static final Path FOLDER = LambdaParityJars.FOLDER;
    static final int MOST_CLASSES = 20000;
    static final Pattern NOT_FOUND = Pattern.compile("(?:^|: )([^:/\\s]+): cannot open shared object file");

    /** `arguments`: how many jars are done. */
    public static void main(String[] arguments) throws Exception {
        List<String> jars = Files.readAllLines(FOLDER.resolve("jars"), UTF_8);
        for (String line : jars.subList(Integer.parseInt(arguments[0]), jars.size())) {
            String[] fields = line.split("\t");
            long started = System.nanoTime();
            int classes = 0;
            StringBuilder natives = new StringBuilder();
            String problem = "\t\t";
            try (JarFile jar = new JarFile(fields[0])) {
                classes = load(jar, Math.max(100, MOST_CLASSES / jars.size()));
                for (int group = 1; group < fields.length; group++) {
                    natives.append(natives.length() == 0 ? "" : "|").append(loadOne(jar, fields[group].split("[|]"), jars));
                }
            } catch (Throwable thrown) {
                StringWriter log = new StringWriter();
                thrown.printStackTrace(new PrintWriter(log, true));
                problem = thrown.getClass().getSimpleName() + "\t" + told("" + thrown.getMessage()).replaceAll("\\s+", " ") + "\t"
                    + told(fields[0] + "\n" + log).replace('\t', ' ').replaceAll("\\R", "\u001f");
            }
            long millis = (System.nanoTime() - started) / 1000000;
            String result = millis + "\t" + classes + "\t" + natives + "\t" + problem + "\n";
            Files.write(FOLDER.resolve("results"), result.getBytes(UTF_8), StandardOpenOption.APPEND);
        }
        // Threads that a library has started do not keep this JVM.
        Runtime.getRuntime().halt(0);
    }

    /** Without the folders that were made up here. */
    static String told(String text) {
        return text.replaceAll(FOLDER + "/native\\d+/", "");
    }

    /**
     * Loads the jar's classes without running anything of them, of many an even share; returns how many were. A class
     * may need another that is not here, since functions bring libraries too: only a jar of which none loads is at fault,
     * or one that this JVM refuses at least half of, or one with a broken class.
     */
    static int load(JarFile jar, int most) throws Throwable {
        List<String> names = new ArrayList<>();
        for (JarEntry entry : Collections.list(jar.entries())) {
            String name = entry.getName();
            if (name.endsWith(".class") && !name.startsWith("META-INF/") && name.indexOf('-') < 0) names.add(name);
        }
        int step = (names.size() + most - 1) / most;
        int loaded = 0, elsewhere = 0, tried = 0, refused = 0;
        Throwable first = null;
        for (int at = 0; at < names.size(); at += step, tried++) {
            String name = names.get(at);
            try {
                Class<?> type = Class.forName(name.substring(0, name.length() - 6).replace('/', '.'), false, LambdaParityLoad.class.getClassLoader());
                CodeSource from = type.getProtectionDomain().getCodeSource();
                // The first jar on the class path that has a class gives it, here as in a function.
                if (from != null && from.getLocation().equals(new File(jar.getName()).toURI().toURL())) loaded++;
                else elsewhere++;
            } catch (UnsupportedClassVersionError error) {
                if (refused++ == 0) first = error;
            } catch (ClassFormatError | SecurityException error) {
                throw error;
            } catch (ClassNotFoundException | LinkageError error) {
                if (first == null) first = error;
            }
        }
        if (first != null && (loaded + elsewhere == 0 || refused * 2 >= tried)) throw first;
        return loaded;
    }

    /** Loads the first of these libraries that can be, and returns its name; none: throws what was said of the first. */
    static String loadOne(JarFile jar, String[] entries, List<String> jars) throws Throwable {
        UnsatisfiedLinkError first = null;
        for (String entry : entries) {
            Path library = unpacked(jar, entry);
            try {
                load(library, jars, 0);
                return entry;
            } catch (UnsatisfiedLinkError error) {
                if (first == null) first = error;
            } finally {
                // What is loaded stays, and /tmp counts as memory.
                Files.delete(library);
            }
        }
        throw first;
    }

    static void load(Path library, List<String> jars, int depth) throws Throwable {
        try {
            System.load(library.toString());
        } catch (UnsatisfiedLinkError error) {
            String message = String.valueOf(error.getMessage());
            // It was loaded, and wants no JVM like this, or has been loaded before.
            if (message.contains("unsupported JNI version") || message.contains("already loaded")) return;
            Matcher needed = NOT_FOUND.matcher(message);
            Path other = needed.find() && depth < 20 ? anywhere(needed.group(1), jars) : null;
            // Libraries unpack what they need beside each other, and load it first.
            if (other == null) throw error;
            load(other, jars, depth + 1);
            load(library, jars, depth + 1);
        } catch (Exception | LinkageError thrown) {
            // Its own start-up code ran, and missed something that is not here.
        }
    }

    /** A library of this name in any of the jars. */
    static Path anywhere(String name, List<String> jars) throws IOException {
        for (String line : jars) {
            String[] fields = line.split("\t");
            try (JarFile jar = new JarFile(fields[0])) {
                for (JarEntry entry : Collections.list(jar.entries())) {
                    if (!entry.getName().equals(name) && !entry.getName().endsWith("/" + name)) continue;
                    Path path = unpacked(jar, entry.getName());
                    if (isForThisMachine(path)) return path;
                }
            } catch (java.util.zip.ZipException broken) {
                // Its own result says so.
            }
        }
        return null;
    }

    static boolean isForThisMachine(Path library) throws IOException {
        byte[] other = Files.readAllBytes(library), self = new byte[20];
        try (DataInputStream in = new DataInputStream(new FileInputStream("/proc/self/exe"))) { in.readFully(self); }
        return other.length > 20 && other[4] == self[4] && other[18] == self[18] && other[19] == self[19];
    }

    static Path unpacked(JarFile jar, String entry) throws IOException {
        Path folder = Files.createTempDirectory(FOLDER, "native");
        Path target = folder.resolve(entry.substring(entry.lastIndexOf('/') + 1));
        try (InputStream in = jar.getInputStream(jar.getJarEntry(entry))) { Files.copy(in, target); }
        return target;
    }
}
