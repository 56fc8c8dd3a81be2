package dev.belfry.host.description;

import dev.belfry.api.PluginContext;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.net.URL;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The ports for which a plugin's classes ask with a constant name: {@code context.port("storage", Store.class, ...)}. */
public final class RequestedPorts {

    private static final String CONTEXT = PluginContext.class.getName().replace('.', '/');
    private static final String METHOD = "port";

    private final Set<String> names = new TreeSet<>();
    private boolean isComplete = true;

    private RequestedPorts() {}

    /**
     * @param location a JAR or a folder of classes
     * @return empty if a name is not a constant, so that it is known only when the plugin runs
     */
    public static Optional<Set<String>> in(URL location) throws IOException {
        RequestedPorts ports = new RequestedPorts();
        ClassFiles.read(location, file -> ports.add(ClassFile.of().parse(file)));
        return ports.isComplete ? Optional.of(ports.names) : Optional.empty();
    }

    private void add(ClassModel type) {
        boolean calls =
                StreamSupport.stream(type.constantPool().spliterator(), false).anyMatch(RequestedPorts::isPort);
        if (calls) {
            type.methods().forEach(this::add);
        }
    }

    private static boolean isPort(PoolEntry entry) {
        return entry instanceof MemberRefEntry member
                && member.name().equalsString(METHOD)
                && member.owner().asInternalName().equals(CONTEXT);
    }

    /** Compilers load the name and the type one after the other; the supplier and the call follow. */
    private void add(MethodModel method) {
        @Nullable String loaded = null;
        @Nullable String name = null;
        for (Instruction instruction : method.code().stream()
                .flatMap(code -> code.elementStream())
                .filter(Instruction.class::isInstance)
                .map(Instruction.class::cast)
                .toList()) {
            if (instruction instanceof InvokeInstruction call && isPort(call.method())) {
                isComplete &= name != null;
                if (name != null) {
                    names.add(name);
                }
                name = null;
            }
            PoolEntry constant = instruction instanceof LoadConstantInstruction load ? load.constantEntry() : null;
            if (constant instanceof ClassEntry && loaded != null) {
                name = loaded;
            }
            loaded = constant instanceof StringEntry text ? text.stringValue() : null;
        }
    }
}
