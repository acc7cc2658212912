(function () {
  function all(selector, inside) {
    return Array.from((inside || document).querySelectorAll(selector));
  }
  function key(row, column) {
    var cell = row.children[column];
    var text = cell ? cell.textContent.trim() : '';
    var number = parseFloat(text.replace(/[,%]/g, ''));
    return isNaN(number) ? text.toLowerCase() : number;
  }
  function compare(a, b) {
    if (typeof a !== typeof b) { return typeof a === 'number' ? -1 : 1; }
    return a === b ? 0 : a > b ? 1 : -1;
  }
  all('table.sorts thead th').forEach(function (head) {
    var column = Array.from(head.parentNode.children).indexOf(head);
    head.tabIndex = 0;
    head.title = 'Sort by this column';
    function sort() {
      var down = head.getAttribute('aria-sort') !== 'descending';
      all('th', head.parentNode).forEach(function (other) { other.removeAttribute('aria-sort'); });
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      var body = head.closest('table').tBodies[0];
      var rows = all('tr:not(.mean)', body).map(function (row, at) { return [key(row, column), at, row]; });
      rows.sort(function (a, b) { return (down ? compare(b[0], a[0]) : compare(a[0], b[0])) || a[1] - b[1]; });
      var last = body.querySelector('tr.mean');
      rows.forEach(function (row) { body.insertBefore(row[2], last); });
    }
    head.addEventListener('click', sort);
    head.addEventListener('keydown', function (event) { if (event.key === 'Enter') { sort(); } });
  });
  function unfold() {
    var target = location.hash ? document.getElementById(location.hash.slice(1)) : null;
    for (var node = target; node; node = node.parentElement) {
      if (node.tagName.toLowerCase() === 'details') { node.open = true; }
    }
    if (target) { target.scrollIntoView(); }
  }
  window.addEventListener('hashchange', unfold);
  all('a[href^="#"]').forEach(function (link) {
    link.addEventListener('click', function () { setTimeout(unfold, 0); });
  });
  unfold();
  var folded = [];
  window.addEventListener('beforeprint', function () {
    folded = all('details:not([open])');
    folded.forEach(function (one) { one.open = true; });
  });
  window.addEventListener('afterprint', function () {
    folded.forEach(function (one) { one.open = false; });
  });
  all('.cards').forEach(function (cards) {
    var own = all('.card', cards);
    if (1 >= own.length) { return; }
    var bar = document.createElement('div');
    bar.className = 'chips';
    own.forEach(function (card, at) {
      var chip = document.createElement('button');
      chip.type = 'button';
      chip.textContent = card.getAttribute('data-name');
      chip.addEventListener('click', function () {
        own.forEach(function (other, i) { other.classList.toggle('away', i !== at); });
        all('button', bar).forEach(function (other, i) { other.setAttribute('aria-pressed', i === at); });
      });
      chip.setAttribute('aria-pressed', at === 0);
      card.classList.toggle('away', at !== 0);
      bar.appendChild(chip);
    });
    cards.insertBefore(bar, own[0]);
  });
  var links = all('nav.contents a');
  if (window.IntersectionObserver) {
    var watcher = new IntersectionObserver(function (seen) {
      seen.forEach(function (one) {
        if (!one.isIntersecting) { return; }
        links.forEach(function (link) {
          link.classList.toggle('here', link.getAttribute('href') === '#' + one.target.id);
        });
      });
    }, { rootMargin: '-10% 0px -80% 0px' });
    links.forEach(function (link) {
      var target = document.getElementById(link.getAttribute('href').slice(1));
      if (target) { watcher.observe(target); }
    });
  }
})();
