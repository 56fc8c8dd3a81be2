package dev.belfry.host.leak;

import java.io.IOException;
import java.nio.file.Path;
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

/** Reads a heap dump; apart from its caller, because Shark is an optional library. */
final class HeapDump {

    private static final int STEPS = 12;

    private static final List<IgnoredReferenceMatcher> WEAK = Stream.of(
                    "java.lang.ref.WeakReference", "java.lang.ref.SoftReference", "java.lang.ref.PhantomReference")
            .map(type -> new IgnoredReferenceMatcher(new InstanceFieldPattern(type, "referent")))
            .toList();

    private HeapDump() {}

    /** The references by generation: the chain from a GC root. */
    static Map<String, String> pathsIn(Path file, Set<String> generations) throws IOException {
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
                        .map(HeapDump::readable)
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
