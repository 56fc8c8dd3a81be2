package dev.belfry.host.leak;

import java.lang.ref.WeakReference;
import java.util.Map;

/** Lets tests of other packages search for the references to a class loader. */
public final class LeakSearch {

    private LeakSearch() {}

    public static String referrersOf(ClassLoader loader) {
        return String.valueOf(new HeapReferrers(Map.of("bells#1", new WeakReference<>(loader)))
                .search()
                .get("bells#1"));
    }
}
