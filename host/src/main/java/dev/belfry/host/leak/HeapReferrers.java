package dev.belfry.host.leak;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.belfry.host.files.TempFolder;
import dev.belfry.host.library.OptionalLibrary;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the references that keep a stopped generation in memory. */
final class HeapReferrers {

    /** A heap dump of a larger heap would pause the host for too long. */
    private static final long LARGEST_HEAP = 512L * 1024 * 1024;

    private static final int FRAMES = 6;

    private final Map<String, WeakReference<ClassLoader>> loaders;

    /** @param loaders class loaders by generation; weak, so that the search itself does not hold them */
    HeapReferrers(Map<String, WeakReference<ClassLoader>> loaders) {
        this.loaders = loaders;
    }

    /** A description for each generation: a thread with its stack, or the reference chain from a GC root. */
    Map<String, String> search() {
        Map<String, String> holders = new HashMap<>();
        loaders.forEach((generation, loader) -> platformThread(loader)
                .or(() -> virtualThread(generation))
                .ifPresent(holder -> holders.put(generation, holder)));
        Set<String> left = new HashSet<>(loaders.keySet());
        left.removeAll(holders.keySet());
        if (!left.isEmpty()) {
            holders.putAll(paths(left));
        }
        return holders;
    }

    private static Optional<String> platformThread(WeakReference<ClassLoader> reference) {
        ClassLoader loader = reference.get();
        if (loader == null) {
            return Optional.empty();
        }
        return ThreadCleaner.threadsOf(new PluginClasses(loader)).stream()
                .findFirst()
                .map(thread -> "the thread '" + thread.getName() + "' at "
                        + Arrays.stream(thread.getStackTrace())
                                .limit(FRAMES)
                                .map(StackTraceElement::toString)
                                .collect(Collectors.joining(" < ")));
    }

    /** Virtual threads are not listed; a thread dump contains them. */
    private static Optional<String> virtualThread(String generation) {
        try (TempFolder folder = TempFolder.create("belfry")) {
            Path file = folder.path().resolve("threads.txt");
            diagnostics().dumpThreads(file.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
            return Arrays.stream(Files.readString(file).split("\\R\\s*\\R"))
                    .filter(thread -> thread.contains(generation + "//"))
                    .findFirst()
                    .map(thread -> "the thread "
                            + thread.strip()
                                    .lines()
                                    .map(String::strip)
                                    .limit(FRAMES)
                                    .collect(Collectors.joining(" < ")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static HotSpotDiagnosticMXBean diagnostics() {
        return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    }

    private static Map<String, String> paths(Set<String> generations) {
        if (!OptionalLibrary.SHARK.isPresent()) {
            return unknown(generations, "the search " + OptionalLibrary.SHARK.need());
        }
        if (ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() > LARGEST_HEAP) {
            return unknown(
                    generations,
                    "the search was skipped, because the heap is larger than " + (LARGEST_HEAP >> 20)
                            + " MiB; a heap dump would show it");
        }
        try (TempFolder folder = TempFolder.create("belfry")) {
            Path file = folder.path().resolve("heap.hprof");
            diagnostics().dumpHeap(file.toString(), true);
            return HeapDump.pathsIn(file, generations);
        } catch (IOException e) {
            return Map.of();
        }
    }

    private static Map<String, String> unknown(Set<String> generations, String why) {
        return generations.stream()
                .collect(Collectors.toMap(generation -> generation, generation -> "an unknown reference: " + why));
    }
}
