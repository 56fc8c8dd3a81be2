package dev.belfry.host.leak;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.belfry.host.files.TempFolder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import shark.CloseableHeapGraph;
import shark.HeapAnalysis;
import shark.HeapAnalysisSuccess;
import shark.HeapAnalyzer;
import shark.HeapGraph;
import shark.HeapObject;
import shark.HprofHeapGraph;
import shark.HprofRecordTag;
import shark.IgnoredReferenceMatcher;
import shark.LeakTrace;
import shark.MetadataExtractor;
import shark.OnAnalysisProgressListener;
import shark.ReferencePattern.InstanceFieldPattern;

/** Finds the references that keep a stopped generation in memory. */
final class HeapReferrers {

    /** A heap dump of a larger heap would pause the host for too long. */
    private static final long LARGEST_HEAP = 512L * 1024 * 1024;

    private static final int FRAMES = 6;
    private static final int STEPS = 12;

    private static final List<IgnoredReferenceMatcher> WEAK = Stream.of(
                    "java.lang.ref.WeakReference", "java.lang.ref.SoftReference", "java.lang.ref.PhantomReference")
            .map(type -> new IgnoredReferenceMatcher(new InstanceFieldPattern(type, "referent")))
            .toList();

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
        if (ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() > LARGEST_HEAP) {
            String unknown = "an unknown reference: the search was skipped, because the heap is larger than "
                    + (LARGEST_HEAP >> 20) + " MiB; a heap dump would show it";
            return generations.stream().collect(Collectors.toMap(generation -> generation, generation -> unknown));
        }
        try (TempFolder folder = TempFolder.create("belfry")) {
            Path file = folder.path().resolve("heap.hprof");
            diagnostics().dumpHeap(file.toString(), true);
            return pathsIn(file, generations);
        } catch (IOException e) {
            return Map.of();
        }
    }

    private static Map<String, String> pathsIn(Path file, Set<String> generations) throws IOException {
        Map<String, String> paths = new HashMap<>();
        try (CloseableHeapGraph heap =
                HprofHeapGraph.Companion.openHeapGraph(file.toFile(), null, HprofRecordTag.Companion.getRootTags())) {
            for (String generation : generations) {
                path(file, heap, generation).ifPresent(path -> paths.put(generation, path));
            }
        }
        return paths;
    }

    private static Optional<String> path(Path file, HeapGraph heap, String generation) {
        HeapAnalysis found = new HeapAnalyzer(OnAnalysisProgressListener.Companion.getNO_OP())
                .analyze(
                        file.toFile(),
                        heap,
                        graph -> own(graph, generation),
                        WEAK,
                        false,
                        List.of(),
                        MetadataExtractor.Companion.getNO_OP());
        return found instanceof HeapAnalysisSuccess success
                ? success.getApplicationLeaks().stream()
                        .flatMap(leak -> leak.getLeakTraces().stream())
                        .min(Comparator.comparingInt(
                                trace -> trace.getReferencePath().size()))
                        .map(HeapReferrers::readable)
                : Optional.empty();
    }

    /** The loader, its classes and their instances: a reference to any of them keeps all in memory. */
    private static Set<Long> own(HeapGraph heap, String generation) {
        Set<Long> loaders = new HashSet<>();
        HeapObject.HeapClass type = heap.findClassByName("java.lang.ClassLoader");
        if (type != null) {
            type.getInstances().iterator().forEachRemaining(loader -> {
                if (generation.equals(nameOf(loader))) {
                    loaders.add(loader.getObjectId());
                }
            });
        }
        Set<Long> own = new HashSet<>(loaders);
        heap.getClasses().iterator().forEachRemaining(found -> {
            if (loaders.contains(found.readRecord().getClassLoaderId())) {
                own.add(found.getObjectId());
                found.getDirectInstances().iterator().forEachRemaining(instance -> own.add(instance.getObjectId()));
            }
        });
        return own;
    }

    private static String nameOf(HeapObject.HeapInstance loader) {
        var name = loader.get("java.lang.ClassLoader", "name");
        String text = name == null ? null : name.getValue().readAsJavaString();
        return text == null ? "" : text;
    }

    private static String readable(LeakTrace trace) {
        return "the references " + trace.getGcRootType() + ": "
                + trace.getReferencePath().stream()
                        .limit(STEPS)
                        .map(step -> step.getOwningClassName() + "." + step.getReferenceName())
                        .collect(Collectors.joining(" -> "))
                + " -> " + trace.getLeakingObject().getClassName();
    }
}
