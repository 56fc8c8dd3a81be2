package dev.belfry.host.scheduling;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import dev.belfry.api.scheduling.Scheduler.Job;
import dev.belfry.host.logging.Redaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The jobs of plugins, and the last run of each on this host. */
public final class JobHistory {

    private final Clock clock;
    private final List<RecordedJob> jobs = new CopyOnWriteArrayList<>();

    public JobHistory(Clock clock) {
        this.clock = clock;
    }

    /**
     * A run of a job.
     *
     * @param failure the reason; null = it succeeded
     */
    public record LastRun(
            Instant ended, long tookMs, @Nullable String failure) {}

    /**
     * A job of a plugin.
     *
     * @param onOneHost whether the hosts of one database take turns
     * @param last the last run on this host; null = none yet
     */
    public record JobState(
            String name,
            @JsonFormat(shape = Shape.STRING) Duration interval,
            boolean onOneHost,
            @Nullable LastRun last) {}

    /** The jobs of a generation, by name. */
    public List<JobState> of(String generation) {
        return jobs.stream()
                .filter(job -> job.generation.equals(generation))
                .map(RecordedJob::state)
                .sorted(Comparator.comparing(JobState::name))
                .toList();
    }

    /** A job whose runs are recorded until it is closed. */
    public RecordedJob record(String generation, String name, Duration interval, boolean onOneHost, Job job) {
        RecordedJob recorded = new RecordedJob(generation, new JobState(name, interval, onOneHost, null), job);
        jobs.add(recorded);
        return recorded;
    }

    /** Runs a job and records how the run ends. */
    public final class RecordedJob implements Job, AutoCloseable {

        private final String generation;
        private final JobState declared;
        private final Job job;
        private volatile @Nullable LastRun last;

        private RecordedJob(String generation, JobState declared, Job job) {
            this.generation = generation;
            this.declared = declared;
            this.job = job;
        }

        @Override
        public void run() throws Exception {
            Instant start = clock.instant();
            String failure = null;
            try {
                job.run();
            } catch (Throwable e) {
                failure = Redaction.of(e.toString());
                throw e;
            } finally {
                Instant end = clock.instant();
                last = new LastRun(end, Duration.between(start, end).toMillis(), failure);
            }
        }

        private JobState state() {
            return new JobState(declared.name(), declared.interval(), declared.onOneHost(), last);
        }

        @Override
        public void close() {
            jobs.remove(this);
        }
    }
}
