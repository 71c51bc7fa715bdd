import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { run as command } from '../../lab/process/command.ts'

/** A library, and a function that uses it. */
const SOURCES = {
  'library/com/example/Greeting.java': `package com.example;
public class Greeting {
  public static String of(Object name) { return "Hello " + name; }
}
`,
  'function/example/Handler.java': `package example;
import java.util.*;
public class Handler {
  public Map<String, Object> handleRequest(Map<String, Object> event) {
    Map<String, Object> answer = new TreeMap<>();
    answer.put("greeting", com.example.Greeting.of(event.get("name")));
    answer.put("java", System.getProperty("java.specification.version"));
    answer.put("folder", System.getProperty("user.dir"));
    return answer;
  }
}
`,
}

/**
 * Compiles both in the build image: `java/lib/greeting.jar` laid out as under /opt in `layer`, the function's class in
 * `function/target/classes`, and everything of both in `image` as in /var/task.
 */
export async function compileJava(folder: string, buildImage: string): Promise<void> {
  for (const [name, text] of Object.entries(SOURCES)) await write(join(folder, 'src', name), text)
  const script = `set -e
cd /work && mkdir -p layer/java/lib classes function/target/classes
javac --release 17 -d classes src/library/com/example/Greeting.java
jar cf layer/java/lib/greeting.jar -C classes .
javac --release 17 -cp classes -d function/target/classes src/function/example/Handler.java
chown -R ${process.getuid?.()}:${process.getgid?.()} .`
  const argv = ['run', '--rm', '--label', 'lambda-parity.lab=true', '--volume', `${folder}:/work`]
  await command('docker', [...argv, buildImage, 'sh', '-c', script])
  await cp(join(folder, 'function/target/classes'), join(folder, 'image'), { recursive: true })
  await mkdir(join(folder, 'image/lib'))
  await cp(join(folder, 'layer/java/lib/greeting.jar'), join(folder, 'image/lib/greeting.jar'))
}

/** The handler's class as a compiler of a newer Java would write it: its version is the only thing that tells. */
export async function forNewerJava(folder: string): Promise<Buffer> {
  const bytes = await readFile(join(folder, 'function/target/classes/example/Handler.class'))
  bytes.writeUInt16BE(65, 6)
  return bytes
}

export async function write(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
}
