/**
 * Plugins older than those that know project.build.outputTimestamp, which Maven 3.8 takes by itself, write the time into
 * what they pack: this program (Java 8 or newer) packs such a jar once more, sorted and without times. Contents, and how
 * each is stored, stay.
 */
const REPACK = `import java.io.*;
import java.nio.file.*;
import java.util.*;
import java.util.zip.*;

public class Repack {
    static final long YEAR_1980 = 315532800000L;
    static final long DAY = 86400000L;

    public static void main(String[] jars) throws Exception {
        for (String jar : jars) if (hasTimes(jar)) repack(Paths.get(jar));
    }

    static boolean hasTimes(String jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar)) {
            return zip.stream().anyMatch(entry -> entry.getTime() > YEAR_1980 + DAY);
        }
    }

    static void repack(Path jar) throws IOException {
        Path made = Paths.get(jar + ".new");
        try (ZipFile zip = new ZipFile(jar.toFile());
             ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(made)))) {
            boolean signed = zip.stream().anyMatch(entry -> entry.getName().matches("META-INF/[^/]+[.]SF"));
            List<ZipEntry> entries = new ArrayList<>(Collections.list(zip.entries()));
            // java.util.jar finds a manifest only at the beginning.
            entries.sort(Comparator.comparing((ZipEntry entry) -> !entry.getName().matches("META-INF/(MANIFEST[.]MF)?"))
                .thenComparing(ZipEntry::getName));
            for (ZipEntry entry : entries) {
                byte[] content = read(zip.getInputStream(entry));
                if (!signed && entry.getName().matches("META-INF/maven/.*/pom[.]properties")) content = withoutDate(content);
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTime(YEAR_1980 + DAY - TimeZone.getDefault().getRawOffset());
                copy.setMethod(entry.getMethod());
                if (entry.getMethod() == ZipEntry.STORED) {
                    CRC32 crc = new CRC32();
                    crc.update(content);
                    copy.setSize(content.length);
                    copy.setCrc(crc.getValue());
                }
                out.putNextEntry(copy);
                out.write(content);
                out.closeEntry();
            }
        }
        Files.move(made, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    static byte[] withoutDate(byte[] properties) throws IOException {
        return new String(properties, "ISO-8859-1").replaceAll("(?m)^#.*\\\\R", "").getBytes("ISO-8859-1");
    }

    static byte[] read(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[65536];
        for (int length; (length = in.read(buffer)) > 0; ) out.write(buffer, 0, length);
        return out.toByteArray();
    }
}
`

/** Shell: what the project itself packed (its modules too) into /out/java/lib, the same for the same sources. */
export const OWN_JARS = `cat > "$HOME/Repack.java" <<'END'
${REPACK}END
find . -path '*/target/*.jar' ! -path '*/target/*/*' ! -name '*-sources.jar' ! -name '*-javadoc.jar' ! -name '*-tests.jar' \\
  ! -name 'original-*.jar' -exec cp {} /out/java/lib/ \\; -print | sed 's#.*/#/out/java/lib/#' > "$HOME/own-jars"
(cd "$HOME" && javac -J-XX:TieredStopAtLevel=1 Repack.java && tr '\\n' '\\0' < own-jars | xargs -0 java -XX:TieredStopAtLevel=1 -cp . Repack)
`
