import cytoscape from 'cytoscape';
import fcose from 'cytoscape-fcose';

// The library would insert a style element, which the content security policy refuses; parts.css has its one rule.
const stylesheet = document.createElement('meta');
stylesheet.id = '__________cytoscape_stylesheet';
document.head.append(stylesheet);
cytoscape.use(fcose);

export const create = (options: cytoscape.CytoscapeOptions): cytoscape.Core => cytoscape(options);
