package dev.belfry.host.logoutput;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RolloverFailure;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.rolling.TimeBasedFileNamingAndTriggeringPolicy;
import dev.belfry.host.files.OwnerOnlyFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;

/** Rotates as its superclass does, but compresses the files itself: Logback creates archives with the permissions of the umask. */
final class OwnerOnlyArchives extends SizeAndTimeBasedRollingPolicy<ILoggingEvent> {

    private static final long SECONDS_TO_WAIT = 30;

    private volatile Future<?> compression = CompletableFuture.completedFuture(null);

    @Override
    public void rollover() {
        TimeBasedFileNamingAndTriggeringPolicy<ILoggingEvent> naming = getTimeBasedFileNamingAndTriggeringPolicy();
        Path archive = Path.of(naming.getElapsedPeriodsFileName() + ".gz");
        Path full = Path.of(naming.getElapsedPeriodsFileName() + "." + System.nanoTime() + ".tmp");
        try {
            Files.move(Path.of(getParentsRawFileProperty()), full);
        } catch (IOException e) {
            throw new RolloverFailure("the log file cannot be renamed to " + full, e);
        }
        compression = context.getExecutorService().submit(() -> compress(full, archive));
        naming.getArchiveRemover().cleanAsynchronously(Instant.ofEpochMilli(naming.getCurrentTime()));
    }

    private void compress(Path full, Path archive) {
        try {
            if (Files.exists(archive)) {
                throw new FileAlreadyExistsException(archive.toString());
            }
            try (OutputStream out = new GZIPOutputStream(OwnerOnlyFiles.write(archive))) {
                Files.copy(full, out);
            }
            Files.delete(full);
        } catch (IOException e) {
            addError("the log file " + full + " cannot be compressed to " + archive, e);
        }
    }

    @Override
    public void stop() {
        try {
            compression.get(SECONDS_TO_WAIT, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            addError("the last log file is not compressed", e);
        }
        super.stop();
    }
}
