package dev.belfry.host.config;

import dev.belfry.api.ConfigurationException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The rules that the running plugins have for their sections. */
final class PluginRules {

    private record Rule(String section, Consumer<Config> check) {}

    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    /**
     * Adds a rule for a section. Rules are checked in the order of their addition.
     *
     * @param check throws {@link ConfigurationException} if the section of a configuration violates the rule
     * @return removes the rule
     */
    Runnable add(String section, Consumer<Config> check) {
        Rule rule = new Rule(section, check);
        rules.add(rule);
        return () -> rules.remove(rule);
    }

    /** Adds the faults of these sections: for each section, the faults of the first rule that it violates. */
    void check(Config next, Set<String> sections, List<String> faults) {
        Set<String> faulty = new HashSet<>();
        for (Rule rule : rules) {
            if (sections.contains(rule.section()) && !faulty.contains(rule.section())) {
                try {
                    rule.check().accept(next);
                } catch (ConfigurationException wrong) {
                    faulty.add(rule.section());
                    faults.addAll(wrong.faults());
                }
            }
        }
    }
}
