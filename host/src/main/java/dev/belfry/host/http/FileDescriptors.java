package dev.belfry.host.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reserves file descriptors for the host's own work: databases, JARs, the catalog. */
final class FileDescriptors {

    private static final Logger LOG = LoggerFactory.getLogger(FileDescriptors.class);

    private static final long RESERVED = 256;

    private FileDescriptors() {}

    /** The wanted number of connections, or fewer when the process may not open enough files. */
    static int limit(int wanted) {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? limit(wanted, system.getMaxFileDescriptorCount())
                : wanted;
    }

    static int limit(int wanted, long descriptors) {
        long most = Math.max(1, descriptors - Math.min(RESERVED, descriptors / 2));
        if (wanted <= most) {
            return wanted;
        }
        LOG.warn(
                "connection limit lowered: the process may open {} files, which allows {} connections, not {}"
                        + " (belfry.limits.connections). Raise the limit of open files (ulimit -n)",
                descriptors,
                most,
                wanted);
        return (int) most;
    }
}
