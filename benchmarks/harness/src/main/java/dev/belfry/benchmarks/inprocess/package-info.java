/** What is measured inside one process, by JMH: what each request costs before and after its plugin is asked. */
@NullMarked
package dev.belfry.benchmarks.inprocess;

import org.jspecify.annotations.NullMarked;
