/**
 * The script that shops load (contract G): the global `paylands` puts the card frame into a
 * container of the page and turns what the frame says into events of the document.
 */
export const FRAME_SDK = `(function () {
  'use strict';
  var source = new URL(document.currentScript.src);
  var base = source.href.slice(0, source.href.indexOf('/js/'));
  var mode = 'prod';
  var template = null;
  var additional = null;
  var frame = null;

  function emit(type, data) {
    var event = new Event(type, { bubbles: true });
    event.data = data;
    document.dispatchEvent(event);
  }

  window.addEventListener('message', function (message) {
    if (!frame || message.source !== frame.contentWindow) return;
    if (message.origin !== source.origin || !message.data || !message.data.paylands) return;
    if (message.data.paylands === 'initiated') {
      frame.style.height = message.data.data.height + 'px';
    }
    emit(message.data.paylands, message.data.data);
  });

  window.paylands = {
    setMode: function (wanted) {
      if (wanted !== 'sandbox' && wanted !== 'prod') throw new Error('Unknown mode: ' + wanted);
      mode = wanted;
    },
    setTemplate: function (uuid) {
      template = uuid;
    },
    setAdditional: function (text) {
      additional = text;
    },
    initializate: function (customerToken, containerId) {
      var container = document.getElementById(containerId);
      if (!container) throw new Error('There is no element ' + containerId);
      var url = new URL(base + (mode === 'sandbox' ? '/v1/sandbox' : '/v1') + '/cards/frame');
      url.searchParams.set('token', customerToken);
      url.searchParams.set('origin', location.origin);
      if (template) url.searchParams.set('template', template);
      if (document.documentElement.lang) {
        url.searchParams.set('lang', document.documentElement.lang);
      }
      frame = document.createElement('iframe');
      frame.src = url.href;
      frame.title = 'Card';
      frame.referrerPolicy = 'no-referrer';
      frame.style.cssText = 'border:0;width:100%;height:320px';
      container.replaceChildren(frame);
    },
    storeSourceCard: function (validate, serviceUuid) {
      if (!frame) throw new Error('Call initializate first');
      var order = { paylands: 'store', validate: Boolean(validate) };
      if (serviceUuid) order.service = serviceUuid;
      if (additional) order.additional = additional;
      frame.contentWindow.postMessage(order, source.origin);
    },
  };

  // A shop that adds its listeners after this script must hear it too.
  setTimeout(function () { emit('paylandsLoaded', null); }, 0);
})();
`;
