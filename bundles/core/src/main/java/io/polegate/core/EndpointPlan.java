package io.polegate.core;

import io.polegate.api.config.BusSpec;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Endpoint;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/**
 * Which buses of a document are worked together, because they are at the same end of the world.
 *
 * @param groups one per endpoint, each with its buses in document order
 * @param problems why a bus cannot be in operation, by id
 */
record EndpointPlan(List<Group> groups, Map<String, String> problems) {

  /**
   * A bus and what makes it.
   *
   * @param endpoint what it occupies, if another could want it as well
   */
  record Member(
      BusSpec spec, List<DeviceSpec> devices, DriverFactory factory, Optional<Endpoint> endpoint) {

    /** Whether nothing changed. */
    boolean isSameAs(Member other) {
      return isSameBusAs(other) && devices.equals(other.devices);
    }

    /** Whether at most its devices changed; a driver that was installed anew is another one. */
    boolean isSameBusAs(Member other) {
      return spec.equals(other.spec) && factory == other.factory && endpoint.equals(other.endpoint);
    }
  }

  /** Buses that one thread works. */
  record Group(List<Member> members) {

    /** Whether nothing changed. */
    boolean isSameAs(Group other) {
      return matches(other, Member::isSameAs);
    }

    /** Whether at most devices changed. */
    boolean hasSameBusesAs(Group other) {
      return matches(other, Member::isSameBusAs);
    }

    private boolean matches(Group other, BiPredicate<Member, Member> match) {
      return members.size() == other.members.size()
          && IntStream.range(0, members.size())
              .allMatch(i -> match.test(members.get(i), other.members.get(i)));
    }

    /** Those that have other devices than in a group with the same buses. */
    List<Member> changedSince(Group before) {
      return IntStream.range(0, members.size())
          .filter(i -> !members.get(i).isSameAs(before.members.get(i)))
          .mapToObj(members::get)
          .toList();
    }

    /** Whether it is at this endpoint. */
    boolean isAt(Endpoint endpoint) {
      return members.get(0).endpoint().filter(e -> e.name().equals(endpoint.name())).isPresent();
    }
  }

  /** The plan for a document with the drivers that are installed. */
  static EndpointPlan of(PoleSpec pole, Factories factories) {
    Map<String, List<Member>> members = new LinkedHashMap<>();
    Map<String, String> problems = new LinkedHashMap<>();
    for (BusSpec bus : pole.buses()) {
      Optional<DriverFactory> installed = factories.find(bus.driver());
      if (bus.problem().isPresent() || installed.isEmpty()) {
        // perhaps a plugin that is not there yet: it is planned anew when it comes
        problems.put(bus.id(), bus.problem().orElse("driver is not installed"));
        continue;
      }
      DriverFactory factory = installed.get();
      try {
        Optional<Endpoint> endpoint = endpoint(factory, bus.settings());
        String key = endpoint.map(e -> "at " + e.name()).orElse("bus " + bus.id());
        List<Member> there = members.computeIfAbsent(key, k -> new ArrayList<>());
        Member member = new Member(bus, devicesOn(bus, pole), factory, endpoint);
        if (there.isEmpty() || (isShared(member) && isShared(there.get(0)))) {
          there.add(member);
        } else {
          problems.put(bus.id(), "is at the same end as bus " + there.get(0).spec().id());
        }
      } catch (EndpointUnknownException e) {
        problems.put(bus.id(), "cannot be made: " + Errors.inWords(e));
      }
    }
    return new EndpointPlan(members.values().stream().map(Group::new).toList(), problems);
  }

  private static boolean isShared(Member member) {
    return member.endpoint().filter(Endpoint::shared).isPresent();
  }

  private static List<DeviceSpec> devicesOn(BusSpec bus, PoleSpec pole) {
    return pole.devices().stream().filter(device -> device.bus().equals(bus.id())).toList();
  }

  /** What a driver says that a bus occupies. */
  static Optional<Endpoint> endpoint(DriverFactory factory, Settings bus)
      throws EndpointUnknownException {
    try {
      return factory.endpoint(bus);
    } catch (InvalidSettingException e) {
      throw new EndpointUnknownException(e.key() + " " + Errors.inWords(e), e);
    } catch (Throwable e) {
      throw new EndpointUnknownException("the driver failed: " + Errors.inWords(e), e);
    }
  }

  /** A driver does not say what a bus occupies. */
  static final class EndpointUnknownException extends Exception {
    private static final long serialVersionUID = 1L;

    private EndpointUnknownException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
