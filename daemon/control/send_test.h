#pragma once
// A test message outside of any plan's calendar: what control asks of whoever owns the channels
// (app).

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "delivery/channel.h"
#include "engine/engine.h"

namespace duban::control {

/// One endpoint tried.
struct TestSent {
  /// Empty where the endpoint serves several contacts.
  std::string contact, endpoint, channel;
  delivery::Outcome outcome;
  /// What would go over the wire, without its secrets; of a test that is only shown.
  std::string request;
};

class SendTest {
 public:
  virtual ~SendTest() = default;
  /// Tries every endpoint of a unit's contacts once, at once, and writes nothing in the ledger;
  /// `unit` is an id of the plan or `office`. Refused when nobody can be reached.
  virtual boost::asio::awaitable<engine::Answer<std::vector<TestSent>>> send_test(
      std::string plan, std::string unit, std::string by) = 0;
  /// The same, without sending: what each endpoint would be sent.
  virtual engine::Answer<std::vector<TestSent>> show_test(const std::string& plan,
                                                          const std::string& unit) = 0;
};

/// {"sent":[{"contact","endpoint","channel","outcome","reason","detail"}]}
std::string sent_document(const std::vector<TestSent>& sent);
/// {"shown":[{"contact","endpoint","channel","request"}]}
std::string shown_document(const std::vector<TestSent>& shown);

}  // namespace duban::control
