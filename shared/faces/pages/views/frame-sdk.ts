/**
 * The script that shops load (contract G, J): the global `paylands` puts the card frame into a
 * container of the page and turns what the frame says into events of the document, and into
 * messages of the window whose data are text, which other shops listen to.
 */
export const FRAME_SDK = `(function () {
  'use strict';
  var source = new URL(document.currentScript.src);
  var base = source.href.slice(0, source.href.indexOf('/js/'));
  var mode = 'prod';
  var template = null;
  var additional = null;
  var frame = null;

  var MESSAGES = {
    paylandsLoaded: 'paylandsLoaded',
    validation: 'validation',
    savedCard: 'savedCard',
    error: 'error',
    errorServer: 'error'
  };

  function emit(type, data) {
    var event = new Event(type, { bubbles: true });
    event.data = data;
    document.dispatchEvent(event);
    if (!MESSAGES[type]) return;
    var text = type === 'paylandsLoaded' ? type : MESSAGES[type] + ': ' + JSON.stringify(data);
    window.postMessage(text, location.origin);
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
      if (['sandbox', 'prod', 'production', ''].indexOf(wanted) === -1) {
        throw new Error('Unknown mode: ' + wanted);
      }
      mode = wanted === 'sandbox' ? 'sandbox' : 'prod';
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
    validate: function () {
      if (!frame) throw new Error('Call initializate first');
      frame.contentWindow.postMessage({ paylands: 'validate' }, source.origin);
    },
    storeSourceCard: function (validate, serviceUuid) {
      if (!frame) throw new Error('Call initializate first');
      var order = { paylands: 'store', validate: Boolean(validate) };
      if (serviceUuid) order.service = serviceUuid;
      if (additional) order.additional = additional;
      frame.contentWindow.postMessage(order, source.origin);
    },
  };

  // A shop that adds its listeners after this script, inline or later, must hear it too.
  function loaded() {
    setTimeout(function () { emit('paylandsLoaded', null); }, 0);
  }
  if (document.readyState === 'complete') loaded();
  else window.addEventListener('load', loaded);
})();
`;
