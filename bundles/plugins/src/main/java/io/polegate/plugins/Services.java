package io.polegate.plugins;

import io.polegate.api.driver.DriverFactory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Looks at what a plugin offers once it is started. Thread-safe. */
final class Services {
  private static final String REPORT = ": report it to its maker";
  private final BundleContext context;
  private final ServiceComponentRuntime components;

  Services(BundleContext context, ServiceComponentRuntime components) {
    this.context = context;
    this.components = components;
  }

  /**
   * Names of the drivers that a started plugin offers.
   *
   * @throws RefusedException if one of its parts failed, or has a name that is taken
   */
  List<String> driversOf(Bundle plugin) throws RefusedException {
    List<String> names = new ArrayList<>();
    for (ServiceReference<DriverFactory> reference : factories()) {
      if (plugin.equals(reference.getBundle())) {
        String name = describe(reference, plugin);
        checkFree(name, reference);
        names.add(name);
      }
    }
    checkComponents(plugin, names.isEmpty());
    return names;
  }

  private String describe(ServiceReference<DriverFactory> reference, Bundle plugin)
      throws RefusedException {
    DriverFactory factory = context.getService(reference);
    try {
      if (factory == null) {
        checkComponents(plugin, true);
        throw new RefusedException("its driver factory cannot be made" + REPORT);
      }
      factory.busSettings().settings();
      factory.deviceSettings().settings();
      factory.pointSettings().settings();
      String name = factory.name();
      if (!name.matches("\\S+")) {
        throw new RefusedException("its driver has the name \"" + name + "\": give it one word");
      }
      return name;
    } catch (RuntimeException | Error e) { // whatever a plugin throws
      throw new RefusedException("its driver factory failed (" + e + ")" + REPORT, e);
    } finally {
      context.ungetService(reference);
    }
  }

  private void checkFree(String name, ServiceReference<DriverFactory> own) throws RefusedException {
    for (ServiceReference<DriverFactory> other : factories()) {
      Bundle owner = other.getBundle();
      if (!other.equals(own) && owner != null && name.equals(nameOf(other))) {
        throw new RefusedException(
            "its driver is called \""
                + name
                + "\" like that of "
                + owner.getSymbolicName()
                + ": give it another name, or remove the other");
      }
    }
  }

  private @Nullable String nameOf(ServiceReference<DriverFactory> reference) {
    try {
      DriverFactory factory = context.getService(reference);
      return factory == null ? null : factory.name();
    } catch (RuntimeException | Error e) { // of another plugin, which is not judged here
      return null;
    } finally {
      context.ungetService(reference);
    }
  }

  private void checkComponents(Bundle plugin, boolean offersNothing) throws RefusedException {
    for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs(plugin)) {
      for (ComponentConfigurationDTO state : components.getComponentConfigurationDTOs(component)) {
        if (state.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
          throw new RefusedException(
              "its component " + component.name + " failed (" + cause(state) + ")" + REPORT);
        }
        if (offersNothing && state.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
          throw new RefusedException(
              "its component "
                  + component.name
                  + " wants a service that nothing here offers"
                  + REPORT);
        }
      }
    }
  }

  /** The innermost cause in a printed stack trace. */
  private static String cause(ComponentConfigurationDTO state) {
    String prefix = "Caused by: ";
    List<String> lines = String.valueOf(state.failure).lines().toList();
    return lines.stream()
        .filter(line -> line.startsWith(prefix))
        .reduce((first, second) -> second)
        .map(line -> line.substring(prefix.length()))
        .orElse(lines.get(0));
  }

  private List<ServiceReference<DriverFactory>> factories() {
    try {
      return List.copyOf(context.getServiceReferences(DriverFactory.class, null));
    } catch (org.osgi.framework.InvalidSyntaxException e) {
      throw new IllegalStateException("there is no filter", e);
    }
  }
}
