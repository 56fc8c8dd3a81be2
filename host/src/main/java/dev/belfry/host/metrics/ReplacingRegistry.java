package dev.belfry.host.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The registry of one plugin generation. Gauges and other meters that read an object replace meters of the same names
 * that another generation has registered: the host's registry would ignore them and log a warning.
 */
final class ReplacingRegistry extends CompositeMeterRegistry {

    private final MeterRegistry host;

    ReplacingRegistry(MeterRegistry host) {
        this.host = host;
        add(host);
    }

    /** Registers all meters again, after another generation has removed meters of the same names. */
    void registerAnew() {
        remove(host);
        getMeters().stream().filter(ReplacingRegistry::readsAnObject).forEach(meter -> host.remove(meter.getId()));
        add(host);
    }

    private static boolean readsAnObject(Meter meter) {
        return meter instanceof Gauge || meter instanceof FunctionCounter || meter instanceof FunctionTimer;
    }

    @Override
    protected <T> Gauge newGauge(Meter.Id id, @Nullable T obj, ToDoubleFunction<T> value) {
        host.remove(id);
        return super.newGauge(id, obj, value);
    }

    @Override
    protected <T> TimeGauge newTimeGauge(Meter.Id id, @Nullable T obj, TimeUnit unit, ToDoubleFunction<T> value) {
        host.remove(id);
        return super.newTimeGauge(id, obj, unit, value);
    }

    @Override
    protected <T> FunctionTimer newFunctionTimer(
            Meter.Id id, T obj, ToLongFunction<T> count, ToDoubleFunction<T> total, TimeUnit unit) {
        host.remove(id);
        return super.newFunctionTimer(id, obj, count, total, unit);
    }

    @Override
    protected <T> FunctionCounter newFunctionCounter(Meter.Id id, T obj, ToDoubleFunction<T> count) {
        host.remove(id);
        return super.newFunctionCounter(id, obj, count);
    }
}
