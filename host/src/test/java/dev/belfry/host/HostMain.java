package dev.belfry.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A process of a host, for tests that kill it. */
public final class HostMain {

    private HostMain() {}

    /** @param files configuration files */
    public static void main(String[] files) {
        Belfry belfry = Belfry.start(Arrays.stream(files).map(Path::of).toArray(Path[]::new));
        System.out.println("serving   " + belfry.address());
    }

    /**
     * Starts a process whose output is in the file {@code out}.
     *
     * @param settings over {@link RunningHost#CONFIG}
     * @param options of the JVM
     */
    public static Process start(Path folder, String settings, String... options) throws IOException {
        Path base = Files.writeString(folder.resolve("base.yaml"), RunningHost.CONFIG);
        Path more = Files.writeString(folder.resolve("more.yaml"), settings);
        Files.writeString(folder.resolve("catalog.yaml"), "kind: User\nmetadata: { name: guest }\n");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                HostMain.class.getName(),
                base.toString(),
                more.toString()));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
    }
}
